package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs the product with a line per request in both formats and counts the lines against a server, however the run ends. */
class RequestLogsIT {
    private static final String NASTY = "=a, \"b\"\r\nc";
    private static final String USERS = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Buyer extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constant(0.01); }

            @Task(3) void look() { client.get("/look?a=1,2"); }

            @Task void odd() { client.post("/not/exist", name("=a, \\"b\\"\\r\\nc")); }
        }

        class Looker extends HttpUser {
            @Override protected WaitTime waitTime() { return constant(0.01); }

            @Task void look() { client.get("/look"); }
        }
        """;

    @TempDir Path folder;

    private Product.Running start(ShopServer server, String... more) throws Exception {
        var product = new Product(folder);
        Files.createDirectories(folder.resolve("out"));
        var words = new ArrayList<>(List.of("-f", product.script("Users.java", USERS).toString(), "-H", server.url(),
            "--headless", "-u", "20", "-r", "100", "--exit-code-on-error", "0", "--csv-request-log", "out/requests.csv", "--jmeter-log",
            "out/results.jtl", "--csv", "out/run"));
        words.addAll(List.of(more));
        return product.start(words.toArray(String[]::new));
    }

    @Test
    @Parity("LP-2") void aRunEndedByTimeHasALinePerRequest() throws Exception {
        try (var server = new ShopServer()) {
            assertComplete(server, start(server, "-t", "3s").await());
            assertThat(new Results(folder.resolve("out")).csv("results.jtl", 17)).as("ten users of each class, counted when all were there")
                .anySatisfy(row -> assertThat(row.getFields().subList(11, 13)).containsExactly("10", "20"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"INT", "TERM"}) void aRunEndedByASignalLeavesCompleteFiles(String signal) throws Exception {
        try (var server = new ShopServer()) {
            var running = start(server);
            running.awaitText("All users spawned");
            while (server.total() < 500) Thread.onSpinWait();
            running.signal(signal);
            assertComplete(server, running.await());
        }
    }

    private void assertComplete(ShopServer server, Product.Ended run) throws Exception {
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("ERROR").doesNotContain("missing in");
        var results = new Results(folder.resolve("out"));
        long failures = server.count("POST /not/exist");
        assertThat(failures).isPositive().isLessThan(server.total());
        var csv = results.csv("requests.csv", 7);
        var jtl = results.csv("results.jtl", 17);
        assertThat(List.of((long) csv.size(), (long) jtl.size())).containsOnly(server.total());
        assertThat(results.csvCounts().subList(0, 2)).as("the statistics").isEqualTo(List.of(server.total(), failures));
        assertRequestLog(csv, failures);
        assertJmeter(jtl, failures, server.url());
    }

    private static void assertRequestLog(List<CsvRecord> rows, long failures) {
        assertThat(rows).filteredOn(row -> row.getField(1).equals("POST")).hasSize((int) failures).allSatisfy(row -> {
            assertThat(row.getField(2)).isEqualTo("'" + NASTY);
            assertThat(row.getField(5)).isEqualTo("404");
            assertThat(row.getField(6)).startsWith("404 Client Error: Not Found for url: ");
        });
        double now = System.currentTimeMillis() / 1000.0;
        assertThat(rows).filteredOn(row -> row.getField(1).equals("GET")).isNotEmpty().allSatisfy(row -> {
            assertThat(Double.parseDouble(row.getField(0))).isBetween(now - 300, now);
            assertThat(Double.parseDouble(row.getField(3))).isBetween(0.01, 60_000.0);
            assertThat(row.getFields().subList(4, 7)).containsExactly("52", "200", "");
        });
    }

    private static void assertJmeter(List<CsvRecord> rows, long failures, String host) {
        assertThat(rows).filteredOn(row -> row.getField(7).equals("false")).hasSize((int) failures).allSatisfy(row -> {
            assertThat(row.getFields().subList(2, 5)).containsExactly("'" + NASTY, "404", "Not Found");
            assertThat(row.getField(8)).startsWith("404 Client Error: Not Found for url: ");
            assertThat(row.getField(13)).isEqualTo(host + "/not/exist");
        });
        long now = System.currentTimeMillis();
        assertThat(rows).allSatisfy(row -> {
            assertThat(Results.number(row, 0)).isBetween(now - 300_000, now);
            assertThat(Results.number(row, 1)).isBetween(0L, 60_000L);
            assertThat(row.getField(5)).matches("(Buyer|Looker)-\\d+");
            assertThat(Results.number(row, 11)).isBetween(1L, 20L);
            assertThat(Results.number(row, 12)).isBetween(Results.number(row, 11), 20L);
            assertThat(List.of(row.getField(6), row.getField(10), row.getField(14), row.getField(15), row.getField(16)))
                .as("what is not known").containsExactly("", "0", "0", "0", "0");
        });
        assertThat(rows.stream().map(row -> row.getField(5)).distinct()).as("users").hasSize(20);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--csv-request-log", "--jmeter-log"}) void aFileThatCannotBeIsAnErrorBeforeTheRun(String option)
        throws Exception {
        try (var server = new ShopServer()) {
            var product = new Product(folder);
            var script = product.script("Users.java", USERS).toString();
            for (var file : List.of("nowhere/log", ".")) {
                var run = product.run("-f", script, "-H", server.url(), "--headless", "-t", "1s", option, file);
                assertThat(run.exitCode()).as(run.err()).isNotZero();
                assertThat(run.err()).contains(option + " " + file + ": ").doesNotContain("\tat ").containsAnyOf(
                    "there is no folder " + folder.resolve("nowhere") + ". Create it, or choose a file in another one.",
                    ". Choose a file in a folder you may write to.");
            }
            assertThat(server.total()).isZero();
        }
    }
}
