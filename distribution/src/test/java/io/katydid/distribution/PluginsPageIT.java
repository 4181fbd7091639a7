package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Types what the page for plugin authors tells them to type, in its order. */
class PluginsPageIT {
    private static final int CONTRACT = 11;

    @TempDir Path folder;
    private Product product;
    private int port;

    @BeforeEach void install() throws IOException {
        product = Product.installedIn(folder);
        Product.copy(Product.HOME.resolve("repository"), product.home().resolve("repository"));
        new Maven(folder).command(Files.createDirectories(folder.resolve("commands")));
        product.with("KATYDID", product.home().toString()).with("JAVA_HOME", System.getProperty("java.home"))
            .with("PATH", folder.resolve("commands") + ":" + System.getenv("PATH"));
        try (var free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }
    }

    private List<String> steps() throws IOException {
        var steps = Snippets.of(PluginsPageTest.PAGE, "sh").stream().map(this::here).toList();
        assertThat(steps).as("steps in the shell").hasSize(5);
        return steps;
    }

    /** The page has a fixed port, which may be taken on the machine of the test. */
    private String here(String text) {
        return text.replace("7000", Integer.toString(port));
    }

    private Product.Ended shell(String commands) throws Exception {
        var ended = product.startCommand(List.of("bash", "-e", "-c", commands)).await();
        assertThat(ended.exitCode()).as(commands + ended.out() + ended.err()).isZero();
        return ended;
    }

    @Test void theTenMinutesAreTrue() throws Exception {
        var steps = steps();
        var path = steps.getFirst();
        var began = System.nanoTime();

        var built = shell(path + steps.get(1) + steps.get(2));

        assertThat(built.out() + built.err()).contains("Wrote shop-load/")
            .containsPattern("(?m)^shop-load +1\\.0\\.0 +active +reporter, protocol +shop-load-1\\.0\\.jar$");
        product.script("Answers.java", here(PluginsPageTest.javaBlock("void main()")));
        product.script("Asking.java", PluginsPageTest.javaBlock("class Asking"));
        var server = product.startCommand(List.of(System.getProperty("java.home") + "/bin/java", "Answers.java"));
        try {
            Await.until("the server of the page listens", this::answers);
            var running = product
                .startCommand(List.of("bash", "-e", "-c", path + steps.get(3).replaceFirst("(?m)^katydid", "exec katydid")));
            try {
                running.awaitText("All users spawned");
                running.awaitText("shop-load: ");
                shell(path + "cd shop-load\n" + steps.get(4));
                running.awaitText("shop-load 1.0.0 takes the place of shop-load 1.0.0.");
                running.awaitText(" requests so far");
                running.signal("INT");
                var ended = running.await();
                assertThat(ended.exitCode()).as(ended.err()).isZero();
                assertThat(ended.err()).contains("0(0.00%)");
            } finally {
                running.process().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } finally {
            server.process().destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        System.out.printf("the page for plugin authors, typed without a pause: %.1f s%n", (System.nanoTime() - began) / 1e9);
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    @Test void theProtocolUserKeepsItsContract() throws Exception {
        var steps = steps();
        shell(steps.getFirst() + steps.get(1));
        var project = folder.resolve("shop-load");
        var pom = project.resolve("pom.xml");
        Files.writeString(pom, Files.readString(pom).replace("  </dependencies>",
            Snippets.of(PluginsPageTest.PAGE, "xml").get(1) + "  </dependencies>"));
        var test = Files.createDirectories(project.resolve("src/test/java/shopload")).resolve("ShopLoadUserContractTest.java");
        Files.writeString(test, PluginsPageTest.javaBlock("package shopload;"));

        shell(steps.getFirst() + "cd shop-load\nmvn -q package");

        var report = Files.readString(project.resolve("target/surefire-reports/shopload.ShopLoadUserContractTest.txt"));
        var ran = Pattern.compile("Tests run: (\\d+), Failures: 0, Errors: 0, Skipped: 0").matcher(report);
        assertThat(ran.find()).as(report).isTrue();
        assertThat(Integer.parseInt(ran.group(1))).as("tests of the contract").isGreaterThanOrEqualTo(CONTRACT);
    }
}
