package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.katydid.parity.Parity;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gives scripts to the command in every way there is, and edits one while it runs. */
class ScriptsIT {
    @TempDir Path folder;
    private Product product;

    @BeforeEach void prepare() {
        product = new Product(folder);
    }

    private static String user(String name) {
        return """
            import io.katydid.api.*;

            class NAME extends User {
                @Override protected WaitTime waitTime() { return constant(0.01); }

                @Task void call() { measure("T", "NAME", () -> {}); }
            }
            """.replace("NAME", name);
    }

    private List<String> names(String... words) throws Exception {
        var all = new java.util.ArrayList<>(List.of("--headless", "-u", "2", "-r", "10", "-t", "1s", "--json"));
        all.addAll(List.of(words));
        var run = product.run(all.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run.json().valueStream().map(entry -> entry.get("name").asString()).toList();
    }

    @Test
    @DisplayName("CL-90")
    @Parity("CL-90") void withoutANameItIsKatydidfile() throws Exception {
        product.script("katydidfile.java", user("Standard"));
        assertThat(names()).containsExactly("Standard");
    }

    @Test
    @DisplayName("CL-94") void aDashIsStandardInput() throws Exception {
        product.input(user("Piped"));
        assertThat(names("-f", "-")).containsExactly("Piped");
        product.input("class Piped {");
        var broken = product.run("-f", "-", "--headless");
        assertThat(broken.exitCode()).isEqualTo(1);
        assertThat(broken.err()).contains("standard input:1:", "^").doesNotContain("\tat ");
        product.input("");
        var empty = product.run("-f", "-", "--headless");
        assertThat(empty.exitCode()).isEqualTo(1);
        assertThat(empty.err()).contains("-f -: standard input is empty. Pipe a script into it, such as: cat Shop.java | katydid -f -");
    }

    @Test
    @DisplayName("CL-91")
    @Parity({"CL-91", "AC-11"}) void severalFilesRunTogether() throws Exception {
        product.script("One.java", user("One"));
        product.script("Two.java", user("Two"));
        assertThat(names("-f", "One.java,Two.java")).containsExactly("One", "Two");
        assertThat(names("-f", "One.java", "-f", "Two.java")).containsExactly("One", "Two");
    }

    @Test
    @DisplayName("CL-92")
    @Parity({"CL-92", "AC-11"}) void aFolderIsOneCompilation() throws Exception {
        Files.createDirectories(folder.resolve("load/util"));
        product.script("load/Shop.java", user("Shop").replace("\"Shop\"", "util.Words.NAME"));
        product.script("load/util/Words.java",
            "package util;\npublic class Words { public static final String NAME = System.lineSeparator().isEmpty() ? \"\" : \"word\"; }\n");
        product.script("load/_Draft.java", "class {");
        assertThat(names("-f", "load")).containsExactly("word");
    }

    @Test
    @DisplayName("CL-93")
    @Parity("CL-93") void anAddressIsDownloaded() throws Exception {
        var asked = new java.util.concurrent.atomic.AtomicInteger();
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.createContext("/Net.java", exchange -> {
            asked.incrementAndGet();
            var text = user("Net").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        try {
            assertThat(names("-f", "http://127.0.0.1:" + server.getAddress().getPort() + "/Net.java")).containsExactly("Net");
            assertThat(asked).hasValue(1);
        } finally {
            server.stop(0);
        }
    }

    @Test
    @DisplayName("CL-95, AC-18")
    @Parity({"CL-95", "AC-18"}) void equalNamesAreRefused() throws Exception {
        product.script("One.java", user("Same"));
        product.script("Two.java", user("Same"));
        var run = product.run("-f", "One.java,Two.java", "--headless");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("Duplicate user class names: Same is defined in both One.java and Two.java.");
        var shape = "class Curve extends io.katydid.api.LoadTestShape { public io.katydid.api.Tick tick() { return stop(); } }\n";
        product.script("One.java", user("A") + shape);
        product.script("Two.java", user("B") + shape);
        var shapes = product.run("-f", "One.java,Two.java", "--headless");
        assertThat(shapes.exitCode()).isEqualTo(1);
        assertThat(shapes.err()).contains("Duplicate shape class names: Curve is defined in both One.java and Two.java.");
    }

    @Test void aSecondRunOfAnUnchangedScriptLoadsNoCompiler() throws Exception {
        product.cold().script("katydidfile.java", user("Cached"));
        product.with("KATYDID_JAVA_OPTS", "-Xlog:class+load:file=first.txt");
        assertThat(names()).containsExactly("Cached");
        assertThat(folder.resolve("first.txt")).content().contains("com.sun.tools.javac.");
        product.with("KATYDID_JAVA_OPTS", "-Xlog:class+load:file=second.txt");
        assertThat(names()).containsExactly("Cached");
        assertThat(folder.resolve("second.txt")).content().contains("io.katydid.host.ScriptCache").doesNotContain("com.sun.tools.javac.");
        product.script("katydidfile.java", user("Edited"));
        product.with("KATYDID_JAVA_OPTS", "-Xlog:class+load:file=third.txt");
        assertThat(names()).containsExactly("Edited");
        assertThat(folder.resolve("third.txt")).content().contains("com.sun.tools.javac.");
    }

    private static final String RESTARTS = """
        import io.katydid.api.*;
        import io.katydid.api.event.*;
        import java.nio.file.*;
        import java.time.Duration;

        class Shop extends User {
            @Override protected WaitTime waitTime() { return constant(0.01); }

            @Task void call() { measure("T", "NAME", () -> {}); }

            @Listen static void onInit(Init event) {
                event.environment().every(Duration.ofMillis(20), () -> {
                    if (!Files.deleteIfExists(Path.of("again"))) return;
                    event.runner().stop();
                    event.runner().start(2, 10);
                });
            }

            @Listen static void onReady(SpawningComplete event) { System.err.println("ready: NAME with " + event.userCount()); }
        }
        """;

    @Test void anEditIsUsedByTheNextStartAndABrokenOneKeepsTheScript() throws Exception {
        product.script("Shop.java", RESTARTS.replace("NAME", "old"));
        var running = product.start("-f", "Shop.java", "--headless", "--json", "--only-summary");
        running.awaitText("ready: old with 1");
        product.script("Shop.java", RESTARTS.replace("NAME", "new"));
        product.script("again", "");
        running.awaitText("ready: new with 2");
        product.script("Shop.java", RESTARTS.replace("NAME", "broken").replace("measure(", "mesure("));
        product.script("again", "");
        running.awaitText("The script stays as it was before this edit.");
        running.awaitText("Shop.java:9:25: error: cannot find symbol");
        running.awaitText("^^^^^^");
        product.script("Shop.java", RESTARTS.replace("NAME", "mended"));
        product.script("again", "");
        running.awaitText("ready: mended with 2");
        running.signal("TERM");
        var run = running.await();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.json().valueStream().map(entry -> entry.get("name").asString())).containsExactly("mended");
        assertThat(run.err()).doesNotContain("ready: broken").contains("Got SIGTERM signal").doesNotContain("\tat ");
    }
}
