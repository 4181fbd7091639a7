package io.katydid.http;

import static io.katydid.http.HttpUser.context;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.Task;
import io.katydid.api.event.RequestEvent;
import io.katydid.parity.Parity;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Reads what a listener is told of a request. */
class ContextTest {

    static final class Tagged extends HttpUser {
        @Override protected Map<String, Object> context() { return Map.of("team", "checkout", "tier", "gold"); }

        @Task void once() throws Exception {
            OneUser.finish(() -> {
                client.get("/plain");
                client.get("/more", context("tier", "silver"), context(Map.of("trace", 17)));
                client.get("/checked", response -> response.context("trace", response.statusCode()), context("tier", "iron"));
            });
            sleep(60);
        }
    }

    @Test
    @Parity({"SD-28", "UM-13", "UM-92", "AC-90"}) void theRequestsIsLaidOverTheUsers() throws Exception {
        var events = new CopyOnWriteArrayList<RequestEvent>();
        try (var server = WireServer.answering("ok")) {
            OneUser.run(Tagged.class, server.url(), _ -> {}, _ -> {}, false, made -> made.events().request().addListener(events::add));
        }
        assertThat(events).extracting(RequestEvent::context).containsExactly(Map.of("team", "checkout", "tier", "gold"),
            Map.of("team", "checkout", "tier", "silver", "trace", 17), Map.of("team", "checkout", "tier", "iron", "trace", 200));
        assertThatThrownBy(() -> events.getFirst().context().put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    @Parity({"SD-70", "SD-111", "UM-90", "UM-91", "EV-1"}) void theEventSaysAllOfIt() throws Exception {
        try (var server = WireServer.plain((_, wire) -> {
            Thread.sleep(100); // sleeps on purpose: the time is what is tested
            wire.answer(200, "12345");
        })) {
            var before = java.time.Instant.now();
            var trial = Trial.http(server.url(), user -> user.client.post("/x?y=1")).clean();
            var event = trial.only();
            assertThat(event.requestType()).isEqualTo("POST");
            assertThat(event.name()).isEqualTo("/x?y=1");
            assertThat(event.url()).isEqualTo(server.url() + "/x?y=1");
            assertThat(event.responseTimeMs()).isBetween(99.0, 10_000.0);
            assertThat(event.responseLength()).isEqualTo(5);
            assertThat(event.context()).isEmpty();
            assertThat(event.exception()).isEmpty();
            assertThat(event.startTime()).isBetween(before.minusMillis(2), java.time.Instant.now());
            assertThat(event.user()).get().isInstanceOf(HttpUser.class);
            assertThat((Response) event.response().orElseThrow()).satisfies(response -> {
                assertThat(response.text()).isEqualTo("12345");
                assertThat(response.elapsed().toMillis()).isBetween(99L, 10_000L);
            });
            var entry = trial.environment().stats().get("/x?y=1", "POST");
            assertThat(entry.avgContentLength()).isEqualTo(5);
            assertThat(entry.avgResponseTime()).isBetween(99.0, 10_000.0);
        }
    }

    @Test
    @Parity({"SD-111", "UM-91"}) void aFailureHasItsExceptionAndItsResponse() throws Exception {
        try (var server = WireServer.plain((_, wire) -> wire.answer(500, "sorry"))) {
            var trial = Trial.http(server.url(), user -> user.client.get("/"));
            assertThat(trial.only().exception()).get().isInstanceOf(HTTPError.class);
            assertThat(trial.only().responseLength()).isEqualTo(5);
            assertThat(((Response) trial.only().response().orElseThrow()).ok()).isFalse();
        }
    }
}
