package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Runs with all reporters on: each tells the count of the server, however the run ends. */
class ReportersIT {
    private static final String USERS = """
        import io.katydid.api.*;
        import io.katydid.api.event.*;
        import io.katydid.http.*;
        import java.net.URI;
        import java.net.http.*;
        import java.nio.file.*;

        class Buyer extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constant(0.01); }

            @Task(3) void look() { client.get("/look"); }

            @Task void odd() { client.post("/not/exist", name("=odd, \\"name\\"")); }
        }

        class LastScrape {
            @Listen static void onQuit(Quit event) throws Exception {
                var url = URI.create("http://127.0.0.1:" + System.getProperty("scrape.port") + "/metrics");
                var body = HttpClient.newHttpClient().send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString()).body();
                Files.writeString(Path.of("scrape.txt"), body);
            }
        }
        """;
    private static final Pattern SAMPLE = Pattern.compile("(?m)^(katydid_\\w+)\\{.*} ([0-9.E]+)$");

    @TempDir Path folder;

    @Test
    @Parity({"CL-38", "CL-45", "SD-194"}) void aRunEndedByTimeIsToldAlikeByAllReporters() throws Exception {
        try (var server = new ShopServer()) {
            assertAlike(server, start(server, "-t", "3s").await());
        }
    }

    @Test void aRunEndedBySigtermIsToldAlikeByAllReporters() throws Exception {
        try (var server = new ShopServer()) {
            var running = start(server);
            running.awaitText("All users spawned");
            long started = server.total();
            while (server.total() < started + 500) Thread.onSpinWait();

            running.signal("TERM");

            assertAlike(server, running.await());
        }
    }

    private Product.Running start(ShopServer server, String... more) throws IOException {
        int port = Ports.free();
        var product = new Product(folder).with("KATYDID_JAVA_OPTS", "-Dscrape.port=" + port);
        var arguments = new ArrayList<>(
            List.of("-f", product.script("Buyer.java", USERS).toString(), "-H", server.url(), "--headless", "-u", "20", "-r", "100",
                "--exit-code-on-error", "0", "--csv", "out/run", "--csv-full-history", "--json", "out/report.json", "--json-file",
                "out/entries", "--hlog", "out/run",
                "--html", "out/report.html", "--prometheus-port", Integer.toString(port)));
        arguments.addAll(List.of(more));
        return product.start(arguments.toArray(String[]::new));
    }

    private void assertAlike(ShopServer server, Product.Ended run) throws Exception {
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("cancelled").doesNotContain("ERROR");
        long requests = server.total();
        long failures = server.count("POST /not/exist");
        assertThat(requests).isGreaterThan(failures).isGreaterThan(100);
        assertThat(failures).isPositive();

        assertThat(run.err()).contains("Meters for Prometheus at http://127.0.0.1:");
        var results = new Results(folder.resolve("out"));
        assertThat(results.csvCounts()).as("csv").isEqualTo(List.of(requests, failures, requests, failures, failures));
        assertThat(results.stats()).hasSize(3)
            .anySatisfy(row -> assertThat(row.getFields()).startsWith("POST", "'=odd, \"name\"", failures + "", failures + ""));
        assertThat(results.failures()).hasSize(1);
        assertThat(results.exceptions()).isEmpty();
        var report = results.json("report.json");
        assertThat(Results.counts(report.get("statistics"))).as("json report").isEqualTo(List.of(requests, failures));
        assertThat(Results.counts(results.json("entries.json"))).as("json entries").isEqualTo(List.of(requests, failures));
        assertParameters(report, server);
        assertThat(results.hlog("run.hlog")).as("hlog").isEqualTo(requests);
        assertThat(results.hlog("run_names.hlog")).as("hlog of names").isEqualTo(requests);
        assertThat(results.processed("run.hlog")).as("hlog").contains("Total count    = " + "%12d]".formatted(requests));
        assertThat(results.processed("run_names.hlog", "-tag", "POST:=odd%2C%20\"name\"")).as("hlog of a name")
            .contains("Total count    = " + "%12d]".formatted(failures));
        assertThat(scraped("katydid_requests_total")).as("prometheus").isEqualTo(requests);
        assertThat(scraped("katydid_failures_total")).as("prometheus").isEqualTo(failures);
        assertThat(scraped("katydid_response_time_seconds_count")).as("prometheus").isEqualTo(requests);
        assertThat(results.names()).containsExactlyInAnyOrder("run_stats.csv", "run_stats_history.csv", "run_failures.csv",
            "run_exceptions.csv", "report.json", "report.html", "entries.json", "run.hlog", "run_names.hlog");
    }

    private static void assertParameters(JsonNode report, ShopServer server) {
        var parameters = report.at("/run/parameters");
        assertThat(parameters.get("users").asInt()).isEqualTo(20);
        assertThat(parameters.get("spawn-rate").asDouble()).isEqualTo(100);
        assertThat(parameters.get("host").asString()).isEqualTo(server.url());
        assertThat(report.at("/options/csv").asString()).isEqualTo("out/run");
        assertThat(Instant.parse(report.at("/run/end_time").asString())).isAfter(Instant.parse(report.at("/run/start_time").asString()));
        assertThat(report.get("exit_code").asInt()).isZero();
    }

    private long scraped(String family) throws IOException {
        double sum = 0;
        for (var sample = SAMPLE.matcher(Files.readString(folder.resolve("scrape.txt"))); sample.find();)
            if (sample.group(1).equals(family)) sum += Double.parseDouble(sample.group(2));
        return Math.round(sum);
    }
}
