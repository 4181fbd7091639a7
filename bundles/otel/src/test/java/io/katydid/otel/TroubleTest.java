package io.katydid.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.testkit.Answer;
import io.katydid.testkit.TargetServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Takes the collector away, or lets it be slow or unwilling: the run has all its results, ends in time, and says it once. */
class TroubleTest {
    private static final Duration BOUND = Duration.ofSeconds(Telemetry.PATIENCE_SECONDS + 3);
    private static final String END = " The results of the run are complete all the same. Look at the collector; for more requests than it can"
        + " take, raise OTEL_BSP_MAX_QUEUE_SIZE or set OTEL_TRACES_SAMPLER=traceidratio and OTEL_TRACES_SAMPLER_ARG=0.1.";

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /** Runs 100 requests, and gives what was said. */
    private static List<String> said(String url, String... more) {
        var variables = new HashMap<>(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", url, "OTEL_LOGS_EXPORTER", "none"));
        for (int i = 0; i < more.length; i += 2) variables.put(more[i], more[i + 1]);
        try (var log = new Logged()) {
            long began;
            var trial = new Trial(variables).start();
            try (trial) {
                for (int i = 0; i < 100; i++) trial.get("/a", 1);
                began = System.nanoTime();
                trial.finish();
                assertThat(trial.environment.stats().total().numRequests()).isEqualTo(100);
                assertThat(trial.environment.shutdown(1)).as("exit code").isZero();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - began)).as("the end of the run").isLessThan(BOUND);
            return log.lines();
        }
    }

    @Test void aCollectorThatIsNotThereIsSaidOnce() throws Exception {
        var url = "http://127.0.0.1:" + freePort();
        var lines = said(url.replace("//", "//ann:secret@"));
        assertThat(lines).hasSize(2);
        assertThat(lines.toString()).doesNotContain("secret");
        assertThat(lines.getFirst()).startsWith("WARN OpenTelemetry: the collector at " + url + "/v1/").contains(" takes no ")
            .endsWith(
                ". The run goes on, and what cannot be delivered is dropped. Start the collector, or correct OTEL_EXPORTER_OTLP_ENDPOINT.");
        assertThat(lines.getLast()).startsWith("WARN OpenTelemetry: not delivered to the collector: 100 of 100 spans").endsWith(END);
    }

    @Test void aCollectorThatNeverAnswersIsNotWaitedFor() {
        try (var server = TargetServer.open().otherwise(Answer.text("late").held())) {
            var lines = said(server.url());
            server.release();
            assertThat(lines).hasSize(2);
            assertThat(lines.getFirst()).contains("takes no spans: no answer within 5 s. The run goes on");
            assertThat(lines.getLast()).contains("100 of 100 spans");
        }
    }

    @Test void aCollectorThatRefusesIsQuoted() {
        try (var server = TargetServer.open().otherwise(Answer.text("no such tenant").withStatus(404))) {
            var lines = said(server.url(), "OTEL_METRICS_EXPORTER", "none", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", server.url() + "/x");
            assertThat(lines.getFirst()).isEqualTo("WARN OpenTelemetry: the collector at " + server.url()
                + "/x takes no spans: status 404. The run"
                + " goes on, and what cannot be delivered is dropped. Start the collector, or correct OTEL_EXPORTER_OTLP_TRACES_ENDPOINT.");
            assertThat(lines).containsExactly(lines.getFirst(),
                "WARN OpenTelemetry: not delivered to the collector: 100 of 100 spans." + END);
        }
    }

    @Test void whatAFullQueueDropsIsCountedAndSaidOnce() {
        try (var collector = new Collector()) {
            collector.server.otherwise(Answer.bytes("application/x-protobuf", new byte[0]).after(Duration.ofMillis(200)));
            var lines = said(collector.url(), "OTEL_BSP_MAX_QUEUE_SIZE", "10", "OTEL_BSP_MAX_EXPORT_BATCH_SIZE", "10");
            int arrived = collector.spans().size();
            assertThat(arrived).isBetween(10, 99);
            assertThat(lines)
                .containsExactly("WARN OpenTelemetry: not delivered to the collector: " + (100 - arrived) + " of 100 spans." + END);
            assertThat(collector.durations()).as("figures need no queue").isEqualTo(Map.of("/a", 100L));
        }
    }
}
