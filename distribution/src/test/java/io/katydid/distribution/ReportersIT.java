package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

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

    @Test void aRunEndedByTimeIsToldAlikeByAllReporters() throws Exception {
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
        int port = freePort();
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
        assertThat(csv(requests, failures)).as("csv").isEqualTo(List.of(requests, failures, requests, failures, failures));
        assertThat(json("report.json", "statistics")).as("json report").isEqualTo(List.of(requests, failures));
        assertThat(json("entries.json", "")).as("json entries").isEqualTo(List.of(requests, failures));
        assertThat(hlog("run.hlog")).as("hlog").isEqualTo(requests);
        assertThat(hlog("run_names.hlog")).as("hlog of names").isEqualTo(requests);
        assertThat(scraped("katydid_requests_total")).as("prometheus").isEqualTo(requests);
        assertThat(scraped("katydid_failures_total")).as("prometheus").isEqualTo(failures);
        assertThat(scraped("katydid_response_time_seconds_count")).as("prometheus").isEqualTo(requests);
        try (var files = Files.list(folder.resolve("out"))) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("run_stats.csv", "run_stats_history.csv",
                "run_failures.csv",
                "run_exceptions.csv", "report.json", "report.html", "entries.json", "run.hlog", "run_names.hlog");
        }
    }

    /** Gives requests and failures of the statistics, of the last line of the history, and the failures of their own file. */
    private List<Long> csv(long requests, long failures) throws IOException {
        var statistics = Files.readAllLines(folder.resolve("out/run_stats.csv"));
        var history = Files.readAllLines(folder.resolve("out/run_stats_history.csv"));
        var failed = Files.readAllLines(folder.resolve("out/run_failures.csv"));
        assertThat(statistics).hasSize(4)
            .anyMatch(line -> line.startsWith("POST,\"'=odd, \"\"name\"\"\"," + failures + "," + failures + ","));
        assertThat(failed).hasSize(2);
        return Stream.of(number(statistics.getLast(), 2), number(statistics.getLast(), 3), number(history.getLast(), 17),
            number(history.getLast(), 18),
            Long.parseLong(failed.getLast().replaceFirst(".*,(\\d+),[^,]*,[^,]*$", "$1"))).toList();
    }

    private static long number(String line, int column) { return Long.parseLong(line.split(",")[column]); }

    private List<Long> json(String file, String field) throws IOException {
        var json = JsonMapper.shared().readTree(Files.readString(folder.resolve("out").resolve(file)));
        var entries = field.isEmpty() ? json : json.get(field);
        return List.of(entries.valueStream().mapToLong(entry -> entry.get("num_requests").asLong()).sum(),
            entries.valueStream().mapToLong(entry -> entry.get("num_failures").asLong()).sum());
    }

    private long hlog(String file) throws IOException {
        long count = 0;
        try (var reader = new HistogramLogReader(folder.resolve("out").resolve(file).toFile())) {
            while (reader.hasNext()) count += ((AbstractHistogram) reader.nextIntervalHistogram()).getTotalCount();
        }
        return count;
    }

    private long scraped(String family) throws IOException {
        double sum = 0;
        for (var sample = SAMPLE.matcher(Files.readString(folder.resolve("scrape.txt"))); sample.find();)
            if (sample.group(1).equals(family)) sum += Double.parseDouble(sample.group(2));
        return Math.round(sum);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
