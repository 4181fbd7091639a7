package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Collections;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Drops bundles into a running test, replaces them and takes them away; counts what the server saw. */
class HotUpdateIT {
    private static final int UPDATES = Integer.getInteger("katydid.updates", 4);
    private static final String USERS = """
        import io.katydid.api.*;
        import io.katydid.api.event.*;
        import io.katydid.http.*;

        class Busy extends FastHttpUser {
            static final java.util.concurrent.atomic.LongAdder HEARD = new java.util.concurrent.atomic.LongAdder();

            @Task void home() { client.get("/", name("home"), context("trace", 1)); }

            @Listen static void heard(RequestEvent event) { HEARD.increment(); }

            @Listen static void made(Init event) { if (event.runner().userCount() > 0) System.err.println("the newest compilation was made"); }

            @Listen static void ended(TestStop event) { System.err.println("the newest compilation heard " + HEARD.sum()); }
        }
        """;

    @TempDir Path folder;

    @Test void updatesOfTheProtocolBundleInUseLoseNoRequest() throws Exception {
        try (var nginx = Nginx.start(folder)) {
            var product = Product.installedIn(folder);
            var script = product.script("Busy.java", USERS);
            var bundle = bundle(product.home(), "http");
            var original = Files.copy(bundle, folder.resolve("original.jar"));
            var running = product.start("-f", script.toString(), "-H", nginx.url(), "--headless", "-u", "50", "-r", "100", "--json");
            running.awaitText("All users spawned");

            for (int i = 1; i <= UPDATES; i++) {
                replace(bundle, original, "1.0." + i);
                running.awaitText("http 1.0." + i + " takes the place of http ");
                awaitRequests(nginx);
            }
            assertNothingIsLost(running, nginx);
        }
    }

    /** Waits until users have gone on for a while. */
    private static void awaitRequests(Nginx nginx) throws Exception {
        long before = nginx.served();
        while (nginx.served() < before + 500) Thread.onSpinWait();
    }

    private static void assertNothingIsLost(Product.Running running, Nginx nginx) throws Exception {
        running.signal("INT");
        var ended = running.await();
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.failures()).as(ended.err()).isZero();
        assertThat(ended.requests()).as(ended.err()).isPositive().isEqualTo(nginx.served());
        assertThat(ended.err()).doesNotContain("cancelled").containsOnlyOnce("the newest compilation heard ");
    }

    @Test void theProtocolBundleInUseMayGoAndComeBack() throws Exception {
        try (var nginx = Nginx.start(folder)) {
            var product = Product.installedIn(folder);
            var script = product.script("Busy.java", USERS);
            var bundle = bundle(product.home(), "http");
            var original = Files.copy(bundle, folder.resolve("original.jar"));
            var running = product.start("-f", script.toString(), "-H", nginx.url(), "--headless", "-u", "50", "-r", "100", "--json");
            running.awaitText("All users spawned");

            Files.delete(bundle);
            running.awaitText("The script uses it: no new users of it come, and those there are run on until the test ends.");
            awaitRequests(nginx);
            replace(bundle, original, "2.0.0");
            running.awaitText("http 2.0.0 is in use.");
            running.awaitText("the newest compilation was made");
            awaitRequests(nginx);
            assertNothingIsLost(running, nginx);
        }
    }

    @Test void anUpdateThatWaitsForTheNextStartLeavesTheUsersAlone() throws Exception {
        try (var nginx = Nginx.start(folder)) {
            var product = Product.installedIn(folder);
            var script = product.script("Busy.java", USERS);
            var bundle = bundle(product.home(), "http");
            var original = Files.copy(bundle, folder.resolve("original.jar"));
            var running = product.start("-f", script.toString(), "-H", nginx.url(), "--headless", "-u", "5", "-r", "100", "--json",
                "--plugin-update", "next-run");
            running.awaitText("All users spawned");

            replace(bundle, original, "1.0.1");
            running.awaitText("The running test goes on as it is, as --plugin-update=next-run says.");
            running.signal("INT");

            var ended = running.await();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.requests()).as(ended.err()).isPositive().isEqualTo(nginx.served());
        }
    }

    @Test void aPlainJarDroppedInIsInUseAtOnceAndLeavesWhenTakenAway() throws Exception {
        try (var nginx = Nginx.start(folder)) {
            var product = Product.installedIn(folder);
            var script = product.script("Busy.java", USERS);
            var running = product.start("-f", script.toString(), "-H", nginx.url(), "--headless", "-u", "2", "-r", "100", "--json");
            running.awaitText("All users spawned");
            var jar = plugin();

            long begin = System.nanoTime();
            Files.copy(jar, product.home().resolve("plugins/greeter-1.2.jar"));
            running.awaitText("greeter: hello");
            System.out.printf("A plain jar was in use %d ms after it was dropped in.%n", (System.nanoTime() - begin) / 1_000_000);
            running.awaitText("greeter: counted 100");
            Files.delete(product.home().resolve("plugins/greeter-1.2.jar"));
            running.awaitText("greeter: bye");
            running.awaitText("greeter 1.2.0 was taken away.");
            running.signal("INT");

            assertThat(running.await().exitCode()).isZero();
        }
    }

    private static Path bundle(Path home, String name) throws IOException {
        try (var files = Files.list(home.resolve("bundles"))) {
            return files.filter(file -> file.getFileName().toString().startsWith("katydid-" + name + "-")).findFirst().orElseThrow();
        }
    }

    /** Writes the bundle with another version, beside its place, and moves it in. */
    private void replace(Path bundle, Path original, String version) throws IOException {
        var part = folder.resolve("katydid/new.part");
        try (var jar = new JarFile(original.toFile())) {
            var manifest = new Manifest(jar.getManifest());
            manifest.getMainAttributes().putValue("Bundle-Version", version);
            try (var out = new JarOutputStream(Files.newOutputStream(part), manifest)) {
                for (var entry : Collections.list(jar.entries())) {
                    if (entry.isDirectory() || entry.getName().equals(JarFile.MANIFEST_NAME)) continue;
                    out.putNextEntry(new JarEntry(entry.getName()));
                    jar.getInputStream(entry).transferTo(out);
                }
            }
        }
        Files.move(part, bundle, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Compiles a plugin as somebody would who knows nothing of OSGi. */
    private Path plugin() throws IOException {
        var source = Files.createDirectories(folder.resolve("src/greeter")).resolve("Greeter.java");
        Files.writeString(source, """
            package greeter;

            import io.katydid.api.*;
            import java.util.concurrent.atomic.AtomicInteger;

            @Extension
            public class Greeter implements Plugin {
                @Override public void init(Environment environment) {
                    System.err.println("greeter: hello");
                    var count = new AtomicInteger();
                    environment.events().request().addListener(request -> {
                        if (count.incrementAndGet() == 100) System.err.println("greeter: counted 100");
                    });
                }

                @Override public void close() { System.err.println("greeter: bye"); }
            }
            """);
        var classes = Files.createDirectories(folder.resolve("classes"));
        int code = ToolProvider.getSystemJavaCompiler().run(null, null, null,
            List.of("-d", classes.toString(), "-cp", System.getProperty("java.class.path"), source.toString()).toArray(String[]::new));
        assertThat(code).isZero();
        var jar = folder.resolve("greeter.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry("greeter/Greeter.class"));
            out.write(Files.readAllBytes(classes.resolve("greeter/Greeter.class")));
        }
        return jar;
    }
}
