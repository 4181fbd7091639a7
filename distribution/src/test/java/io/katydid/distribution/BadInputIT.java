package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Does what people do wrong: one clear message, the documented exit code, no stack trace. */
class BadInputIT {
    private static final String HEAD = "import io.katydid.api.*;\nimport io.katydid.http.*;\n";
    private static final String USER = HEAD
        + "class One extends HttpUser { @Override protected WaitTime waitTime() { return constant(0.1); } @Task void home() { client.get(\"/\"); } }\n";

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --headles                | 2 | Did you mean '--headless'?
        --users -3               | 2 | --users
        --users many             | 2 | invalid int value: 'many'
        --run-time 5x            | 2 | Invalid time span format '5x'
        --spawn-rate 0           | 2 | must be > 0
        Nobody                   | 1 | Unknown User(s): Nobody
        --plugins no-such-thing  | 1 | no-such-thing
        """) void aWrongArgumentIsNamed(String arguments, int exitCode, String text) throws Exception {
        var product = new Product(folder);
        product.script("katydidfile.java", USER);
        var run = product.run(("--headless -t 1s -H http://127.0.0.1:1 " + arguments).split(" "));
        assertClear(run, exitCode, text);
    }

    @Test void aMissingScriptIsNamed() throws Exception {
        assertClear(new Product(folder).run("-f", "nowhere.java", "--headless"), 1, "Could not find 'nowhere.java'");
    }

    @Test void withoutAnyScriptTheRemedyIsSaid() throws Exception {
        assertClear(new Product(folder).run("--headless"), 1, "katydidfile.java");
    }

    @Test void aScriptWithoutAUserIsNamed() throws Exception {
        var script = new Product(folder).script("Empty.java", "class Empty {}\n");
        assertClear(new Product(folder).run("-f", script.toString(), "--headless"), 1, "No User class found!");
    }

    @Test void aCompileErrorShowsTheLineAndACaret() throws Exception {
        var script = new Product(folder).script("Broken.java",
            HEAD + "class Broken extends HttpUser { @Task void home() { cliend.get(\"/\"); } }\n");
        var run = new Product(folder).run("-f", script.toString(), "--headless");
        assertClear(run, 1, "Broken.java:3:");
        assertThat(run.err()).contains("cannot find symbol").contains("^");
    }

    @Test
    @Parity("UM-80") void aMissingHostStopsTheTest() throws Exception {
        var script = new Product(folder).script("One.java", USER);
        assertClear(new Product(folder).run("-f", script.toString(), "--headless", "-t", "3s"), 1, "You must specify the base host");
    }

    @Test void aRefusedPortIsAFailureWithItsText() throws Exception {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var script = new Product(folder).script("One.java", USER);
        var run = new Product(folder).run("-f", script.toString(), "--headless", "-t", "1s", "-H", "http://127.0.0.1:" + port);
        assertClear(run, 1, "Connection refused");
        assertThat(run.err()).contains("Error report");
    }

    @Test void anUnknownHostIsAFailureWithItsText() throws Exception {
        var script = new Product(folder).script("One.java", USER);
        var run = new Product(folder).run("-f", script.toString(), "--headless", "-t", "1s", "-H", "http://no-such-host.invalid");
        assertClear(run, 1, "no-such-host.invalid");
    }

    @Test void tlsToAPlainPortIsAFailureWithItsText() throws Exception {
        try (var plain = new ServerSocket(0)) {
            Thread.ofPlatform().daemon().start(() -> answerInPlainText(plain));
            var script = new Product(folder).script("One.java", USER);
            var run = new Product(folder).run("-f", script.toString(), "--headless", "-t", "1s", "-H",
                "https://127.0.0.1:" + plain.getLocalPort());
            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(run.err()).contains("Error report").contains("NotSslRecordException");
        }
    }

    private static void answerInPlainText(ServerSocket plain) {
        while (!plain.isClosed()) {
            try (var socket = plain.accept()) {
                socket.getInputStream().read(new byte[4096]);
                socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            } catch (IOException closed) {
                return;
            }
        }
    }

    @Test
    @Parity("SD-173") void aShapeThatReturnsNonsenseStopsTheTest() throws Exception {
        var script = new Product(folder).script("One.java",
            USER + "class Mad extends LoadTestShape { @Override public Tick tick() { return users(-5, Double.NaN); } }\n");
        var run = new Product(folder).run("-f", script.toString(), "--headless", "-H", "http://127.0.0.1:1");
        assertClear(run, 1, "Mad.tick() returned users(-5, NaN)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        constructor | One() { throw new IllegalStateException("boom"); } @Task void home() {}
        onStart     | @Override protected void onStart() { throw new IllegalStateException("boom"); } @Task void home() {}
        task        | @Override protected WaitTime waitTime() { return constant(0.2); } @Task void home() { throw new IllegalStateException("boom"); }
        """) void aScriptThatThrowsIsARowOfTheExceptionTable(String where, String body) throws Exception {
        var script = new Product(folder).script("One.java", HEAD + "class One extends HttpUser { " + body + " }\n");
        var run = new Product(folder).run("-f", script.toString(), "--headless", "-t", "1s", "-H", "http://127.0.0.1:1", "--csv", "out");
        assertThat(run.exitCode()).as(where + "\n" + run.err()).isEqualTo(1);
        assertThat(run.err()).contains("boom");
        assertThat(folder.resolve("out_exceptions.csv")).content().contains("boom");
    }

    private static void assertClear(Product.Ended run, int exitCode, String text) {
        assertThat(run.err() + run.out()).contains(text).doesNotContain("\tat ");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(exitCode);
    }
}
