package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.testkit.LineServer;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Goes the way of a plugin's author: writes the project, builds it, drops it into a running product, and counts at the server what its users did. */
class AuthorsIT {
    private static final int JAVA_21 = 65;
    private static final String TICKING = """
        import io.katydid.api.*;

        class Ticking extends User {
            @Override protected WaitTime waitTime() { return constant(0.05); }

            @Task void tick() { measure("T", "tick", () -> {}); }
        }
        """;

    @TempDir Path folder;
    private Product product;
    private Path project;

    @BeforeEach void writeTheProject() throws Exception {
        product = Product.installedIn(Files.createDirectories(folder.resolve("with blank")));
        Product.copy(Product.HOME.resolve("repository"), product.home().resolve("repository"));

        var init = product.run("init", "plugin", "shop-load");

        assertThat(init.exitCode()).as(init.err()).isZero();
        assertThat(init.out()).contains("Wrote shop-load/");
        project = product.home().resolveSibling("shop-load");
    }

    @Test void theProjectIsBuiltByMavenAndUsedByARunningTest() throws Exception {
        var maven = new Maven(folder);
        var said = maven.run(project, "-q", "package");
        assertThat(said.lines().filter(line -> line.startsWith("[WARNING]") || line.startsWith("[ERROR]"))).isEmpty();

        var jar = project.resolve("target/shop-load-1.0.jar");
        assertThat(majorOf(jar, "shopload/ShopLoadUser.class")).isGreaterThan(JAVA_21);
        useInARunningTest(jar);
    }

    @Test void theSameSourcesCompiledForJava21AreUsedAsWell() throws Exception {
        var jar = compiledFor21();

        assertThat(majorOf(jar, "shopload/ShopLoadUser.class")).isEqualTo(JAVA_21);
        assertThat(majorOf(jar, "shopload/ShopLoadReporter.class")).isEqualTo(JAVA_21);
        useInARunningTest(jar);
    }

    @Test void theProjectOfTheDistributionIsBuiltWhereItLies() throws Exception {
        var home = product.home();
        Product.copy(Product.HOME.resolve("examples/plugin"), home.resolve("examples/plugin"));

        new Maven(folder).run(home.resolve("examples/plugin"), "-q", "package");

        assertThat(home.resolve("examples/plugin/target/hello-1.0.jar")).isRegularFile();
    }

    /** Drops the jar into a running test, then runs the script of the project's README and compares the counts. */
    private void useInARunningTest(Path jar) throws Exception {
        var script = product.script("Ticking.java", TICKING);
        var running = product.start("-f", script.toString(), "--headless", "-u", "2", "-r", "10", "--only-summary");
        running.awaitText("All users spawned");

        var plugins = product.home().resolve("plugins");
        long begin = System.nanoTime();
        Files.copy(jar, plugins.resolve("shop-load-1.0.part"));
        Files.move(plugins.resolve("shop-load-1.0.part"), plugins.resolve("shop-load-1.0.jar"), StandardCopyOption.ATOMIC_MOVE);
        running.awaitText("shop-load: ");
        System.out.printf("from cp to in use: %d ms%n", (System.nanoTime() - begin) / 1_000_000);
        running.signal("INT");
        assertThat(running.await().exitCode()).isZero();

        try (var server = LineServer.open().answer("get apples", "VALUE 7")) {
            var asking = product.script("Asking.java", Snippets.of(project.resolve("README.md"), "java").getFirst());
            var run = product.run("-f", asking.toString(), "-H", server.address(), "--headless", "-u", "5", "-r", "50", "-t", "2s",
                "--json");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.failures()).as(run.err()).isZero();
            assertThat(run.requests()).as(run.err()).isGreaterThan(20).isEqualTo(server.requests("get apples"))
                .isEqualTo(server.requests());
            assertThat(run.json().get(0).get("method").asString()).isEqualTo("SHOPLOAD");
            assertThat(server.openConnections()).isZero();
            var nowhere = product.run("-f", asking.toString(), "-H", "nowhere", "--headless", "-u", "1", "-t", "2s");
            assertThat(nowhere.err()).contains("The host 'tcp://nowhere' is no tcp://NAME:PORT. Give one with --host.");
            assertThat(nowhere.exitCode()).isEqualTo(1);
        }
    }

    private Path compiledFor21() throws IOException {
        var sources = new ArrayList<String>();
        try (var files = Files.list(project.resolve("src/main/java/shopload"))) {
            files.map(Path::toString).forEach(sources::add);
        }
        var classes = Files.createDirectories(folder.resolve("classes"));
        var words = new ArrayList<>(List.of("--release", "21", "-d", classes.toString(), "-cp", api().toString()));
        words.addAll(sources);
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, words.toArray(String[]::new))).isZero();
        var jar = folder.resolve("release21.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar)); var files = Files.list(classes.resolve("shopload"))) {
            for (var file : files.toList()) {
                out.putNextEntry(new JarEntry("shopload/" + file.getFileName()));
                out.write(Files.readAllBytes(file));
            }
        }
        return jar;
    }

    /** Gives the API as authors get it, which is of a newer Java than 21. */
    private Path api() throws IOException {
        try (var files = Files.walk(product.home().resolve("repository/io/katydid/katydid-api"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).findFirst().orElseThrow();
        }
    }

    private static int majorOf(Path path, String entry) throws IOException {
        try (var jar = new java.util.jar.JarFile(path.toFile()); var in = new DataInputStream(jar.getInputStream(jar.getEntry(entry)))) {
            in.readInt();
            in.readUnsignedShort();
            return in.readUnsignedShort();
        }
    }
}
