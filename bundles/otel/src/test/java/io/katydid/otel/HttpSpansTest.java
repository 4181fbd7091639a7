package io.katydid.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.http.FastHttpUser;
import io.katydid.http.HttpUser;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.KernelEnvironment;
import io.katydid.micrometer.RunMeters;
import io.katydid.parity.Parity;
import io.katydid.testkit.Answer;
import io.katydid.testkit.TargetServer;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Lets HTTP users ask a real server: there is one span for each request the server counted. */
class HttpSpansTest {

    static final class Asker extends HttpUser {
        @Task void ask() {
            client.get("/look?q=1");
            client.get("/item/17", name("/item/[id]"));
            client.get("/missing");
            client.get("/cut");
            sleep(60);
        }
    }

    static final class Fast extends FastHttpUser {
        @Task void ask() {
            client.post("/look?q=1", body("x"));
            client.get("/item/17", name("/item/[id]"));
            sleep(60);
        }
    }

    private static List<Span> spans(Class<? extends User> users, int count, TargetServer server, String host) {
        try (var collector = new Collector();
            var environment = new EnvironmentBuilder().userClasses(List.of(users)).loops(1).parsedOptions(Trial.options().build())
                .plugin(new RunMeters()).plugin(new OtelPlugin(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url()), System.out))
                .build()) {
            run(environment, count, host);
            var spans = collector.spans();
            assertThat(spans).as("a span for each request").hasSize(count);
            assertThat(server.requests()).as("requests the server saw").isEqualTo(count);
            assertThat(collector.durations().values().stream().mapToLong(Long::longValue).sum()).as("durations").isEqualTo(count);
            assertThat(spans).extracting(Span::getTraceId).as("traces").doesNotHaveDuplicates().allMatch(id -> id.size() == 16);
            assertThat(spans).extracting(Span::getKind).containsOnly(Span.SpanKind.SPAN_KIND_CLIENT);
            assertThat(spans).allMatch(span -> span.getEndTimeUnixNano() > span.getStartTimeUnixNano());
            return spans;
        }
    }

    private static void run(KernelEnvironment environment, int count, String host) {
        environment.host(host);
        environment.createLocalRunner();
        environment.init();
        environment.runner().start(1, 1);
        Awaitility.await("all requests of the user").atMost(Duration.ofSeconds(20))
            .until(() -> environment.stats().total().numRequests() == count);
        environment.shutdown(1);
    }

    private static Map<String, String> attributes(List<Span> spans, String name) {
        return Collector.attributes(spans.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow(
            () -> new AssertionError("no span " + name + " in " + spans.stream().map(Span::getName).toList())).getAttributesList());
    }

    @Test
    @Parity({"OT-23", "AC-32"}) void eachRequestIsASpanNamedByMethodAndPathOrItsOwnName() {
        try (var server = TargetServer.open()) {
            server.answer("/missing", Answer.status(404)).answer("/cut", Answer.text("too long").cutAfter(2));
            var spans = spans(Asker.class, 4, server, server.url().replace("//", "//ann:secret@"));
            var there = Map.of("http.request.method", "GET", "server.address", "127.0.0.1", "server.port", Integer.toString(server.port()));

            assertThat(spans).extracting(Span::getName).containsExactlyInAnyOrder("GET /look", "GET /item/[id]", "GET /missing",
                "GET /cut");
            assertThat(attributes(spans, "GET /look")).containsAllEntriesOf(there)
                .containsEntry("url.full", server.url() + "/look?q=1").containsEntry("http.response.status_code", "200")
                .doesNotContainKey("error.type");
            assertThat(attributes(spans, "GET /item/[id]")).containsEntry("url.full", server.url() + "/item/17");
            assertThat(attributes(spans, "GET /missing")).containsEntry("http.response.status_code", "404").containsEntry("error.type",
                "404");
            assertThat(attributes(spans, "GET /cut")).doesNotContainKey("http.response.status_code").containsKey("error.type");
            assertThat(spans).filteredOn(span -> span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR)
                .extracting(Span::getName)
                .containsExactlyInAnyOrder("GET /missing", "GET /cut");
            assertThat(spans.toString()).doesNotContain("secret");
        }
    }

    @Test void fastUsersAreTracedAlike() {
        try (var server = TargetServer.open()) {
            var spans = spans(Fast.class, 2, server, server.url());
            assertThat(attributes(spans, "POST /look")).containsEntry("http.request.method", "POST")
                .containsEntry("http.response.status_code", "200").containsEntry("url.full", server.url() + "/look?q=1");
            assertThat(attributes(spans, "GET /item/[id]")).containsEntry("http.response.status_code", "200");
        }
    }

    @Test void theStatusOfAnyClientIsRead() {
        var codes = new StatusCodes();
        assertThat(codes.of("no response")).isZero();
        assertThat(codes.of(new Other(503))).as("of a type that nobody else sees").isZero();
        assertThat(codes.of(new Public(204))).isEqualTo(204);
    }

    private record Other(int statusCode) {}

    /** Is a public type with a status, as the client of a plugin has. */
    public record Public(int statusCode) {}
}
