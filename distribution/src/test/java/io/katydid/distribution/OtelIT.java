package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the product with --otel: what a collector gets is what the server counted, however the run ends. */
class OtelIT {
    private static final String BUYER = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Buyer extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constant(0.01); }

            @Task(3) void look() { client.get("/look?page=1"); }

            @Task void odd() { client.post("/not/exist", name("odd")); }
        }
        """;

    @TempDir Path folder;

    private Product product(Map<String, String> variables) {
        var product = new Product(folder);
        variables.forEach(product::with);
        return product;
    }

    private Product.Running start(Product product, ShopServer server, String... more) throws IOException {
        var words = new ArrayList<>(List.of("-f", product.script("Buyer.java", BUYER).toString(), "-H", server.url(), "--headless", "-u",
            "10", "-r", "100", "--exit-code-on-error", "0", "--json", "--profile", "nightly"));
        words.addAll(List.of(more));
        return product.start(words.toArray(String[]::new));
    }

    @Test
    @Parity({"CL-56", "OT-21", "OT-22", "OT-23", "AC-32"}) void aRunEndedByTimeIsToldInFull() throws Exception {
        try (var server = new ShopServer(); var collector = new OtlpCollector()) {
            var product = product(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(), "OTEL_METRIC_EXPORT_INTERVAL", "300"));
            assertTold(server, collector, start(product, server, "--otel", "-t", "3s").await());
            assertThat(collector.gauge("locust.users.count", Map.of("user_class", "Buyer"))).contains(10L);
        }
    }

    @Test
    @Parity("CL-56") void aRunEndedBySigtermAndAskedForByTheReferencesVariableToo() throws Exception {
        try (var server = new ShopServer(); var collector = new OtlpCollector()) {
            var product = product(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url(), "LOCUST_ENABLE_OPENTELEMETRY", "true"));
            var running = start(product, server);
            running.awaitText("All users spawned");
            while (server.total() < 500) Thread.onSpinWait();
            running.signal("TERM");
            assertTold(server, collector, running.await());
        }
    }

    private static void assertTold(ShopServer server, OtlpCollector collector, Product.Ended run) throws Exception {
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).doesNotContain("cancelled", "ERROR", "OpenTelemetry");
        long requests = server.total();
        long failures = server.count("POST /not/exist");
        assertThat(requests).isEqualTo(run.requests()).isGreaterThan(failures).isGreaterThan(100);
        assertThat(failures).isPositive();

        assertThat(collector.spans()).hasSize((int) requests);
        assertThat(collector.spans().stream().filter(span -> span.getName().equals("GET /look")).count()).isEqualTo(requests - failures);
        assertThat(collector.spans().stream().filter(span -> span.getName().equals("POST odd")).count()).isEqualTo(failures);
        assertThat(collector.durations()).isEqualTo(Map.of(Map.of("name", "/look?page=1"), requests - failures,
            Map.of("name", "odd", "error.type", "HTTPError"), failures));
        assertThat(collector.sum("katydid.requests")).isEqualTo(requests);
        assertThat(collector.sum("katydid.failures")).isEqualTo(failures);
        assertThat(collector.logs()).anyMatch(line -> line.contains("All users spawned"))
            .noneMatch(line -> line.startsWith("io.opentelemetry"));
        assertThat(collector.resource()).containsEntry("service.name", "katydid").containsEntry("profile", "nightly")
            .containsKeys("host.name", "service.version").hasEntrySatisfying("filename", file -> assertThat(file).endsWith("Buyer.java"));
    }

    @Test void theConsoleHasALineForEachSpan() throws Exception {
        try (var server = new ShopServer()) {
            var product = product(Map.of("OTEL_TRACES_EXPORTER", "console", "OTEL_METRICS_EXPORTER", "none", "OTEL_LOGS_EXPORTER", "none"));
            var run = start(product, server, "--otel", "-t", "1s").await();
            assertThat(run.exitCode()).as(run.err()).isZero();
            var span = Pattern.compile("(?m)^span \\S+ (GET /look|POST odd) [0-9.]+ ms trace=[0-9a-f]{32} (UNSET|ERROR) \\{");
            assertThat(span.matcher(run.out()).results().count()).isEqualTo(server.total()).isPositive();
        }
    }

    @Test void aCollectorThatIsNotThereCostsTheRunNothingButTwoLines() throws Exception {
        try (var server = new ShopServer()) {
            var nobody = "http://127.0.0.1:" + Ports.free();
            var without = start(product(Map.of()), server, "-t", "2s").await();
            long before = server.total();
            var run = start(product(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", nobody)), server, "--otel", "-t", "2s").await();
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(run.requests()).isEqualTo(server.total() - before).isGreaterThan(100);
            assertThat(run.err().lines().filter(line -> line.contains("OpenTelemetry"))).hasSize(2)
                .anyMatch(line -> line.contains("the collector at " + nobody + "/v1/"))
                .anyMatch(line -> line.contains("not delivered to the collector: "));
            assertThat(run.err()).doesNotContain("\tat ", "Exception in");
            assertThat(run.took()).as("5 s to deliver, 1 s to close, and what two runs differ by").isLessThan(without.took().plus(Duration
                .ofSeconds(18)));
        }
    }

    @Test
    @Parity("CL-63") void whatIsWrongWithAVariableIsSaidBeforeTheRun() throws Exception {
        try (var server = new ShopServer()) {
            var run = start(product(Map.of("OTEL_EXPORTER_OTLP_PROTOCOL", "grpc", "OTEL_LOGS_EXPORTER", "file")), server, "--otel", "-t",
                "5s")
                .await();
            assertThat(run.exitCode()).isNotZero();
            assertThat(run.err()).contains("OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' is no protocol of --otel. Choose http/protobuf")
                .contains("OTEL_LOGS_EXPORTER: 'file' is no exporter of --otel. Choose otlp, console or none").doesNotContain("\tat ");
            assertThat(server.total()).isZero();
        }
    }
}
