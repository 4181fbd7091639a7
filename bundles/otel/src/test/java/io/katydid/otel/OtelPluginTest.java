package io.katydid.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Environment;
import io.katydid.api.cli.Option;
import io.katydid.micrometer.RunMeters;
import io.katydid.parity.Parity;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.opentelemetry.proto.metrics.v1.AggregationTemporality;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Exports whole runs to a collector on loopback, which decodes what it gets. */
class OtelPluginTest {

    private static Map<String, String> to(Collector collector, String... more) {
        var variables = new HashMap<>(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url()));
        for (int i = 0; i < more.length; i += 2) variables.put(more[i], more[i + 1]);
        return variables;
    }

    @Test
    @Parity({"OT-22", "EV-36"}) void eachRequestIsInTheHistogramUnderItsNameAndFailure() {
        try (var collector = new Collector(); var trial = new Trial(to(collector)).start()) {
            for (double ms : List.of(0.5, 3.0, 3.0, 40.0, 90_000.0)) trial.get("/a", ms);
            trial.environment.events().request().report("POST", "/b", 5).failure(new CatchResponseError("no"));
            trial.environment.events().request().report("POST", "/b", Double.NaN).success();
            trial.finish();

            var metric = collector.metric("locust.client.duration");
            assertThat(metric.getUnit()).isEqualTo("s");
            assertThat(metric.getHistogram().getAggregationTemporality())
                .isEqualTo(AggregationTemporality.AGGREGATION_TEMPORALITY_CUMULATIVE);
            assertThat(collector.histogram()).hasSize(2).anySatisfy(point -> {
                assertThat(Collector.attributes(point.getAttributesList())).isEqualTo(Map.of("name", "/a"));
                assertThat(point.getCount()).isEqualTo(5);
                assertThat(point.getSum()).isBetween(90.046, 90.047);
                assertThat(point.getExplicitBoundsList()).startsWith(0.001, 0.0025, 0.005).endsWith(30.0, 60.0);
                assertThat(point.getBucketCountsList()).startsWith(1L, 0L, 2L).endsWith(0L, 1L);
            }).anySatisfy(point -> {
                assertThat(Collector.attributes(point.getAttributesList()))
                    .isEqualTo(Map.of("name", "/b", "error.type", "CatchResponseError"));
                assertThat(point.getCount()).as("the untimed one has no duration").isEqualTo(1);
            });
        }
    }

    @Test
    @Parity("OT-22") void twentyNamesKeepTheirsAndTheRestShareOne() {
        try (var log = new Logged(); var collector = new Collector(); var trial = new Trial(to(collector)).start()) {
            for (int round = 0; round < 3; round++) IntStream.range(0, 25).forEach(i -> trial.get("/" + i, 1));
            trial.finish();

            var expected = new TreeMap<String, Long>();
            IntStream.range(0, 20).forEach(i -> expected.put("/" + i, 3L));
            expected.put("Too many unique request names", 15L);
            assertThat(collector.durations()).isEqualTo(expected);
            assertThat(log.lines())
                .containsExactly("WARN More than 20 names of requests for the histogram of --otel: from '/20' on they count"
                    + " as 'Too many unique request names'. Give requests fewer names, or raise --otel-max-names.");
        }
        try (var collector = new Collector();
            var trial = new Trial(to(collector), Trial.options().put(OtelPlugin.MAX_NAMES, 30, "test")).start()) {
            IntStream.range(0, 25).forEach(i -> trial.get("/" + i, 1));
            trial.finish();
            assertThat(collector.durations()).hasSize(25).doesNotContainKey("Too many unique request names");
        }
    }

    @Test
    @Parity({"OT-22", "AC-32"}) void usersAreAGaugeByClass() {
        try (var collector = new Collector(); var trial = new Trial(to(collector, "OTEL_METRIC_EXPORT_INTERVAL", "50")).start()) {
            Awaitility.await("two users in the gauge").atMost(Duration.ofSeconds(20)).until(
                () -> collector.metrics().stream().anyMatch(metric -> metric.getName().equals("locust.users.count")
                    && metric.getGauge().getDataPointsList().stream().anyMatch(point -> Collector.value(point) == 2
                        && Collector.attributes(point.getAttributesList()).equals(Map.of("user_class", "Nobody")))));
        }
    }

    @Test void theMetersOfTheRunAndOfScriptsGoAlong() {
        try (var collector = new Collector(); var trial = new Trial(to(collector)).start()) {
            var registry = RunMeters.registry(trial.environment);
            Counter.builder("shop.orders").baseUnit("orders").tag("kind", "new").register(registry).increment(3);
            Timer.builder("shop.search").register(registry).record(250, TimeUnit.MILLISECONDS);
            trial.get("/a", 1);
            trial.environment.events().request().report("GET", "/a", Double.NaN).failure(new CatchResponseError("no"));
            trial.finish();

            var requests = collector.metric("katydid.requests");
            assertThat(requests.getUnit()).isEqualTo("{requests}");
            assertThat(requests.getSum().getIsMonotonic()).isTrue();
            assertThat(requests.getSum().getDataPoints(0).getAsDouble()).as("the untimed one is counted").isEqualTo(2);
            assertThat(Collector.attributes(requests.getSum().getDataPoints(0).getAttributesList()))
                .isEqualTo(Map.of("method", "GET", "name", "/a"));
            assertThat(collector.metric("katydid.failures").getSum().getDataPoints(0).getAsDouble()).isEqualTo(1);
            assertThat(collector.metric("katydid.response.time.percentile").getGauge().getDataPointsList()).hasSize(3);
            var orders = collector.metric("shop.orders").getSum().getDataPoints(0);
            assertThat(orders.getAsDouble()).isEqualTo(3);
            assertThat(Collector.attributes(orders.getAttributesList())).isEqualTo(Map.of("kind", "new"));
            assertThat(collector.metric("shop.search.count").getSum().getDataPoints(0).getAsDouble()).isEqualTo(1);
            assertThat(collector.metric("shop.search.total").getSum().getDataPoints(0).getAsDouble()).isEqualTo(0.25);
            assertThat(collector.metrics()).extracting(metric -> metric.getName()).doesNotContain("katydid.users", "katydid.response.time",
                "katydid.response.time.count");
        }
    }

    @Test
    @Parity("OT-23") void aRequestWithoutAnAddressIsASpanUnderItsName() {
        try (var collector = new Collector(); var trial = new Trial(to(collector)).start()) {
            trial.environment.events().request().report("MQTT", "publish:1:sport", 7).failure(new CatchResponseError("no acknowledgement"));
            trial.get("/untimed", Double.NaN);
            trial.finish();

            assertThat(collector.spans()).hasSize(2).anySatisfy(span -> {
                assertThat(span.getName()).isEqualTo("MQTT publish:1:sport");
                assertThat(span.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
                assertThat(span.getParentSpanId().size()).isZero();
                assertThat(span.getEndTimeUnixNano() - span.getStartTimeUnixNano()).isEqualTo(7_000_000);
                assertThat(span.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
                assertThat(span.getStatus().getMessage()).isEqualTo("no acknowledgement");
                assertThat(Collector.attributes(span.getAttributesList())).isEqualTo(Map.of("error.type", "CatchResponseError"));
            }).anySatisfy(span -> {
                assertThat(span.getName()).isEqualTo("GET /untimed");
                assertThat(span.getEndTimeUnixNano()).isEqualTo(span.getStartTimeUnixNano());
            });
        }
    }

    @Test
    @Parity("OT-21") void theResourceNamesServiceHostScriptAndProfile() throws Exception {
        var options = Trial.options().put(Option.string("--locustfile"), "shop/Shop.java", "test")
            .put(Option.string("--profile"), "nightly", "test");
        try (var collector = new Collector(); var trial = new Trial(to(collector), options).start()) {
            trial.get("/a", 1);
            trial.finish();

            var attributes = Collector.attributes(collector.resource().getAttributesList());
            assertThat(attributes).containsEntry("service.name", "katydid").containsEntry("service.version", version())
                .containsEntry("filename", "shop/Shop.java").containsEntry("profile", "nightly")
                .hasEntrySatisfying("host.name", OtelPluginTest::isThisHost);
            assertThat(Collector.attributes(collector.resourceOfMetrics().getAttributesList())).isEqualTo(attributes);
        }
        try (var collector = new Collector();
            var trial = new Trial(to(collector, "OTEL_SERVICE_NAME", "checkout-load", "OTEL_RESOURCE_ATTRIBUTES",
                "team=pay,host.name=runner%201")).start()) {
            trial.get("/a", 1);
            trial.finish();
            assertThat(Collector.attributes(collector.resource().getAttributesList())).containsEntry("service.name", "checkout-load")
                .containsEntry("team", "pay").containsEntry("host.name", "runner 1").doesNotContainKey("profile");
        }
    }

    private static void isThisHost(String name) {
        assertThat(name).isNotBlank();
        var known = Path.of("/proc/sys/kernel/hostname");
        if (Files.isReadable(known)) assertThat(known).content().isEqualToIgnoringNewLines(name);
    }

    private static String version() {
        return Optional.ofNullable(Environment.class.getPackage().getImplementationVersion())
            .orElse("development");
    }

    @Test void theLogGoesAlongButForWhatExportingSays() {
        try (var collector = new Collector(); var trial = new Trial(to(collector)).start()) {
            LoggerFactory.getLogger("shop.Cart").error("no basket for {}", "Ann", new IllegalStateException("gone"));
            LoggerFactory.getLogger("katydid.otel").warn("not to be exported: this line is meant to be seen here");
            LoggerFactory.getLogger("io.opentelemetry.anything").warn("not to be exported either: this line is meant to be seen here");
            trial.finish();

            assertThat(collector.logs()).extracting(record -> record.getBody().getStringValue()).contains("no basket for Ann")
                .noneMatch(body -> body.startsWith("not to be exported"));
            assertThat(collector.logs()).filteredOn(record -> record.getBody().getStringValue().equals("no basket for Ann")).singleElement()
                .satisfies(record -> {
                    assertThat(record.getSeverityText()).isEqualTo("ERROR");
                    assertThat(record.getTimeUnixNano()).isPositive();
                    assertThat(Collector.attributes(record.getAttributesList())).containsEntry("exception.message", "gone")
                        .containsEntry("exception.type", "java.lang.IllegalStateException").containsKey("thread.name");
                });
        }
    }

    @Test
    @Parity("CL-56") void withoutItsOptionNothingListensAndNothingIsSent() {
        try (var collector = new Collector();
            var trial = new Trial(to(collector), Trial.options().put(OtelPlugin.OTEL, false, "test")).start()) {
            assertThat(trial.environment.events().request().listeners()).isEmpty();
            assertThat(RunMeters.registry(trial.environment).getRegistries()).isEmpty();
            trial.get("/a", 1);
            trial.finish();
            assertThat(collector.server.requests()).isZero();
        }
        assertThat(OtelPlugin.OTEL.environmentVariables()).containsExactly("KATYDID_OTEL", "LOCUST_ENABLE_OPENTELEMETRY");
    }

    @Test
    @Parity("CL-63") void eachSignalGoesWhereItsVariableSays() {
        try (var collector = new Collector();
            var trial = new Trial(to(collector, "OTEL_TRACES_EXPORTER", "console, otlp", "OTEL_METRICS_EXPORTER", "console",
                "OTEL_LOGS_EXPORTER", "none")).start()) {
            LoggerFactory.getLogger("shop.Cart").error("not exported: this line is meant to be seen here");
            trial.get("/a", 12.5);
            trial.finish();
            assertThat(collector.of(Collector.TRACES)).isNotEmpty();
            assertThat(collector.of(Collector.METRICS)).isEmpty();
            assertThat(collector.of(Collector.LOGS)).isEmpty();
            assertThat(trial.printed().lines()).anyMatch(line -> line.matches("span \\S+ GET /a 12\\.500 ms trace=[0-9a-f]{32} UNSET \\{}"))
                .anyMatch(
                    line -> line.matches("metric \\S+ locust\\.client\\.duration count=1 sum=0\\.012500 max=0\\.012500 s \\{name=/a}"))
                .noneMatch(line -> line.startsWith("log "));
        }
        try (var trial = new Trial(Map.of("OTEL_TRACES_EXPORTER", "none", "OTEL_METRICS_EXPORTER", "none", "OTEL_LOGS_EXPORTER", "Console"))
            .start()) {
            LoggerFactory.getLogger("shop.Cart").error("exported: this line is meant to be seen here");
            assertThat(trial.environment.events().request().listeners()).isEmpty();
            trial.finish();
            assertThat(trial.printed().lines())
                .anyMatch(line -> line.matches("log \\S+ ERROR shop\\.Cart exported: this line is meant to be seen here"));
        }
    }

    @Test void noneForAllIsNotEnabledAndSaysSo() {
        var none = Map.of("OTEL_TRACES_EXPORTER", "none", "OTEL_METRICS_EXPORTER", "none", "OTEL_LOGS_EXPORTER", "none");
        for (var variables : List.of(none, Map.of("OTEL_SDK_DISABLED", "true"))) {
            try (var log = new Logged(); var trial = new Trial(variables).start()) {
                assertThat(log.lines()).containsExactly("INFO No OpenTelemetry exporters configured, opentelemetry not enabled");
                assertThat(trial.environment.events().request().listeners()).isEmpty();
            }
        }
    }

    @Test
    @Parity("CL-63") void headersCompressionAndEndpointsAreTheStandards() {
        try (var collector = new Collector();
            var other = new Collector();
            var trial = new Trial(to(collector, "OTEL_EXPORTER_OTLP_HEADERS", "api-key=s%20ecret", "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip",
                "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", other.url() + "/v1/traces", "OTEL_EXPORTER_OTLP_PROTOCOL", "grpc",
                "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL", "http/protobuf", "OTEL_METRICS_EXPORTER", "none", "OTEL_LOGS_EXPORTER", "none"))
                .start()) {
            trial.get("/a", 1);
            trial.finish();
            assertThat(collector.server.requests()).isZero();
            assertThat(other.spans()).hasSize(1);
            assertThat(other.of(Collector.TRACES).getFirst().header("api-key")).contains("s ecret");
            assertThat(other.of(Collector.TRACES).getFirst().header("Content-Encoding")).contains("gzip");
        }
    }

    @Test void aSamplerLeavesSpansOutAndNoDurations() {
        try (var log = new Logged();
            var collector = new Collector();
            var trial = new Trial(to(collector, "OTEL_TRACES_SAMPLER", "traceidratio", "OTEL_TRACES_SAMPLER_ARG", "0.25")).start()) {
            for (int i = 0; i < 2_000; i++) trial.get("/a", 1);
            trial.finish();
            assertThat(collector.spans()).hasSizeBetween(350, 650);
            assertThat(collector.durations()).isEqualTo(Map.of("/a", 2_000L));
            assertThat(log.lines()).isEmpty();
        }
    }

    @Test void closingThePluginInTheMiddleEndsItAlone() {
        try (var collector = new Collector(); var trial = new Trial(to(collector)).start()) {
            trial.get("/a", 1);
            trial.plugin.close();
            assertThat(collector.spans()).as("what was queued").hasSize(1);
            assertThat(RunMeters.registry(trial.environment).getRegistries()).isEmpty();
            trial.get("/a", 1);
            trial.finish();
            assertThat(collector.spans()).hasSize(1);
            assertThat(trial.environment.stats().total().numRequests()).isEqualTo(2);
        }
    }
}
