package io.katydid.http;

import static io.katydid.http.HttpUser.body;
import static io.katydid.http.HttpUser.name;
import static io.katydid.http.HttpUser.stream;
import static io.katydid.http.HttpUser.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.parity.Parity;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Waits for answers no longer than it was told to; connecting is in TransportFailuresTest. */
class TimeoutsTest {

    @ParameterizedTest
    @EnumSource(Flavour.class)
    @Parity({"SD-22", "AC-91"}) void aSilentServerIsLeftAndTheTimeIsRecorded(Flavour flavour) throws Exception {
        var left = new CountDownLatch(1);
        try (var server = WireServer.plain((seen, wire) -> {
            if (seen.target().equals("/fine")) wire.answer(200, "ok");
            else {
                wire.waitForTheEnd();
                left.countDown();
            }
        })) {
            var trial = Trial.of(flavour, server.url(), http -> http.networkTimeout(0.2), user -> {
                user.client.get("/fine");
                var response = user.client.get("/silent");
                assertThat(response.statusCode()).isZero();
                assertThat(response.ok()).isFalse();
                assertThat(response.error()).get().isInstanceOf(java.net.SocketTimeoutException.class);
                user.client.get("/fine");
                assertThat(left.await(10, TimeUnit.SECONDS)).as("the connection is closed").isTrue();
            });
            assertThat(trial.failures()).containsExactly("SocketTimeoutException: Read timed out. (read timeout=0.2)");
            assertThat(trial.named("/silent").responseTimeMs()).isBetween(199.0, 10_000.0);
            assertThat(server.lines()).as("not sent twice").containsExactly("GET /fine", "GET /silent", "GET /fine");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    @Parity("UM-85") void theWordWinsOverTheOption() throws Exception {
        try (var server = WireServer.plain((_, wire) -> {
            Thread.sleep(500); // sleeps on purpose: the server is slow
            wire.answer(200, "late");
        })) {
            var trial = Trial.fast(server.url(), http -> http.networkTimeout(0.1), user -> {
                user.client.get("/", name("option"));
                user.client.get("/", name("both"), timeout(20));
                user.client.get("/", name("read"), timeout(20, 0.2));
                user.client.get("/", name("connect"), timeout(0.2, 20));
            });
            assertThat(trial.events()).extracting(event -> event.name() + " " + Trial.failure(event)).containsExactly(
                "option SocketTimeoutException: Read timed out. (read timeout=0.1)", "both ",
                "read SocketTimeoutException: Read timed out. (read timeout=0.2)", "connect ");
        }
    }

    @Test void aRequestWithoutOneIsNotHeldToThatOfTheLast() throws Exception {
        try (var server = WireServer.plain((seen, wire) -> {
            if (seen.target().equals("/slow")) Thread.sleep(600); // sleeps on purpose: the server is slow
            wire.answer(200, "ok");
        })) {
            Trial.http(server.url(), user -> {
                user.client.get("/", timeout(0.3));
                user.client.get("/slow");
            }).clean();
            assertThat(server.connections()).isOne();
        }
    }

    @Test void bytesThatKeepComingAreNoTimeOut() throws Exception {
        try (var server = WireServer.plain((_, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n");
            for (int i = 0; i < 6; i++) {
                Thread.sleep(100); // sleeps on purpose: the server is slow
                wire.send("x");
            }
        })) {
            var trial = Trial.http(server.url(), user -> assertThat(user.client.get("/", timeout(0.4)).text()).isEqualTo("xxxxxx")).clean();
            assertThat(trial.only().responseTimeMs()).isBetween(599.0, 10_000.0);
        }
    }

    @Test void aServerThatDoesNotTakeTheBodyIsLeft() throws Exception {
        var done = new CountDownLatch(1);
        try (var server = new java.net.ServerSocket(0, 10, java.net.InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (var socket = server.accept()) {
                    done.await();
                    socket.getPort();
                } catch (java.io.IOException | InterruptedException gone) {
                    // The test is over.
                }
            });
            var trial = Trial.http("http://127.0.0.1:" + server.getLocalPort(),
                user -> user.client.post("/", body(new byte[30 << 20]), timeout(5, 0.3)));
            done.countDown();
            assertThat(trial.failures()).containsExactly("SocketTimeoutException: Read timed out. (read timeout=0.3)");
        }
    }

    @Test void theReaderOfAStreamIsToldAndASlowOneIsNot() throws Exception {
        try (var server = WireServer.plain((seen, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf,");
            if (seen.target().equals("/whole")) wire.send("whole");
        })) {
            var trial = Trial.http(server.url(), user -> {
                try (var response = user.client.get("/half", stream(), timeout(0.2))) {
                    assertThatThrownBy(response::text).hasRootCauseMessage("Read timed out. (read timeout=0.2)");
                }
                try (var response = user.client.get("/whole", stream(), timeout(0.2))) {
                    Thread.sleep(500); // sleeps on purpose: the server is slow
                    assertThat(response.text()).isEqualTo("half,whole");
                }
            }).clean();
            assertThat(trial.events()).hasSize(2);
        }
    }

    @Test void whatIsNoTimeIsRefused() {
        assertThatThrownBy(() -> timeout(0)).isInstanceOf(KatydidException.class)
            .hasMessage("timeout(0.0, 0.0) is not above 0 seconds. Leave it out for none.");
        assertThatThrownBy(() -> timeout(1, Double.NaN)).hasMessage("timeout(1.0, NaN) is not above 0 seconds. Leave it out for none.");
        assertThatThrownBy(() -> new HttpOptions().networkTimeout(-1)).isInstanceOf(IllegalArgumentException.class)
            .hasMessage("networkTimeout(-1.0) is below 0. Use 0 for none, or leave it out.");
        assertThatThrownBy(() -> new HttpOptions().connectionTimeout(Double.NaN))
            .hasMessage("connectionTimeout(NaN) is below 0. Use 0 for none, or leave it out.");
        assertThatThrownBy(() -> new HttpOptions().maxRetries(-1))
            .hasMessage("maxRetries(-1) is below 0. Use 0 for none, or leave it out.");
        assertThatThrownBy(() -> new HttpOptions().maxRedirects(-1))
            .hasMessage("maxRedirects(-1) is below 0. Use 0 for none, or leave it out.");
        assertThatThrownBy(() -> new HttpOptions().poolSize(0)).hasMessage("poolSize(0): a user needs at least one connection.");
    }
}
