package io.katydid.http;

import static io.katydid.http.HttpUser.hook;
import static io.katydid.http.HttpUser.name;
import static io.katydid.http.HttpUser.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.RescheduleTask;
import io.katydid.parity.Parity;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

/** Shows responses to hooks. */
class HooksTest {

    @Test
    @Parity({"SD-19", "UM-98"}) void thoseOfTheOptionsComeFirstAndTheCheckLast() throws Exception {
        var calls = new ArrayList<String>();
        try (var server = WireServer.answering("body")) {
            Trial.http(server.url(), http -> http.hook(response -> calls.add("options " + response.text())), user -> {
                user.client.get("/", _ -> calls.add("check"), hook(_ -> calls.add("first")),
                    hook(response -> calls.add("second " + response.ok())));
                user.client.get("/");
            }).clean();
        }
        assertThat(calls).containsExactly("options body", "first", "second true", "check", "options body");
    }

    @Test void oneSeesTheLastOfAChainAndStreamsAsWell() throws Exception {
        var calls = new ArrayList<String>();
        try (var server = WireServer.plain((seen, wire) -> {
            if (seen.target().equals("/")) wire.answer(302, "", "Location: /end");
            else wire.answer(404, "the end");
        })) {
            Trial.http(server.url(), user -> {
                user.client.get("/",
                    hook(response -> calls.add(response.statusCode() + " " + response.history().size() + " " + response.ok())));
                user.client.get("/end", stream(), hook(response -> calls.add("stream " + response.text()))).close();
            });
        }
        assertThat(calls).containsExactly("404 1 false", "stream the end");
    }

    @Test void whatOneThrowsFailsTheRequestUnlessTheCheckSaysOtherwise() throws Exception {
        try (var server = WireServer.answering("body")) {
            var trial = Trial.http(server.url(), user -> {
                user.client.get("/", name("thrown"), hook(_ -> { throw new IllegalStateException("unsigned"); }));
                user.client.get("/", name("asserted"), hook(_ -> { throw new AssertionError("wrong"); }));
                user.client.get("/", ResponseContextManager::success, name("overruled"),
                    hook(_ -> { throw new IllegalStateException("x"); }));
                assertThatThrownBy(() -> user.client.get("/", name("signal"), hook(_ -> { throw new RescheduleTask(); })))
                    .isInstanceOf(RescheduleTask.class);
            });
            assertThat(trial.events()).extracting(event -> event.name() + " " + Trial.failure(event)).containsExactly(
                "thrown IllegalStateException: unsigned", "asserted AssertionError: wrong", "overruled ", "signal ");
            assertThat(server.seen).hasSize(4);
        }
    }

    @Test void noneIsCalledWhenTheTransportFailed() throws Exception {
        var calls = new ArrayList<String>();
        Trial.http("http://127.0.0.1:" + Ports.closed(), user -> user.client.get("/", hook(_ -> calls.add("called"))));
        assertThat(calls).isEmpty();
    }
}
