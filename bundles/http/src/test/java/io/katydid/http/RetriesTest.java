package io.katydid.http;

import static io.katydid.http.HttpUser.body;
import static io.katydid.http.HttpUser.json;
import static io.katydid.http.HttpUser.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.io.ByteArrayInputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tries again what failed in the transport, as often as the option says, and counts it once. */
class RetriesTest {

    /** Resets so many connections, then answers. */
    private static WireServer failing(int times) throws Exception {
        var left = new AtomicInteger(times);
        return WireServer.plain((_, wire) -> {
            if (left.getAndDecrement() > 0) wire.reset();
            else wire.answer(200, "ok");
        });
    }

    @ParameterizedTest
    @CsvSource({"0,0,true,1", "1,0,false,1", "1,1,true,2", "2,2,true,3", "3,2,false,3", "5,1,false,2"})
    @Parity({"SD-24", "UM-123"}) void theOptionSaysHowOften(
        int fails,
        int retries, boolean good, int seen) throws Exception {
        try (var server = failing(fails)) {
            var trial = Trial.fast(server.url(), http -> http.maxRetries(retries),
                user -> assertThat(user.client.post("/", json(17)).ok()).isEqualTo(good));
            assertThat(server.seen).hasSize(seen).allSatisfy(each -> assertThat(each.text()).isEqualTo("17"));
            assertThat(Trial.failure(trial.only())).isEqualTo(good ? "" : "SocketException: Connection reset");
        }
    }

    @Test void aRefusedConnectionIsTriedAgainToo() throws Exception {
        var trial = Trial.http("http://127.0.0.1:" + Ports.closed(), http -> http.maxRetries(3), user -> user.client.get("/"));
        assertThat(Trial.failure(trial.only())).isEqualTo("ConnectException: Connection refused");
    }

    @Test void aBadStatusIsAnAnswer() throws Exception {
        try (var server = WireServer.plain((_, wire) -> wire.answer(503, ""))) {
            Trial.http(server.url(), http -> http.maxRetries(3), user -> user.client.get("/"));
            assertThat(server.seen).hasSize(1);
        }
    }

    @Test void aBodyThatIsAStreamIsSentOnce() throws Exception {
        try (var server = failing(1)) {
            var trial = Trial.http(server.url(), http -> http.maxRetries(3),
                user -> user.client.post("/", body("text/plain", new ByteArrayInputStream("x".getBytes()))));
            assertThat(server.seen).hasSize(1);
            assertThat(trial.failures()).hasSize(1);
        }
    }

    @Test void theTimeIsThatOfAllTries() throws Exception {
        var first = new AtomicInteger(2);
        try (var server = WireServer.plain((_, wire) -> {
            Thread.sleep(100); // sleeps on purpose: the server is slow
            if (first.getAndDecrement() > 0) wire.reset();
            else wire.answer(200, "ok");
        })) {
            var trial = Trial.http(server.url(), http -> http.maxRetries(2), user -> user.client.get("/", name("n"))).clean();
            assertThat(trial.only().responseTimeMs()).isBetween(299.0, 10_000.0);
        }
    }

    @Test void aRedirectedRequestIsTriedAgainWhereItFailed() throws Exception {
        try (var end = failing(1); var start = WireServer.plain((_, wire) -> wire.answer(302, "", "Location: " + end.url() + "/end"))) {
            Trial.http(start.url(), http -> http.maxRetries(1), user -> assertThat(user.client.get("/").history()).hasSize(1)).clean();
            assertThat(start.seen).hasSize(1);
            assertThat(end.lines()).containsExactly("GET /end", "GET /end");
        }
    }
}
