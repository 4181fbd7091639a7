package io.katydid.http;

import static io.katydid.http.HttpUser.name;
import static io.katydid.http.HttpUser.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.parity.Parity;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Breaks the transport in each way there is: the request has failed, with the innermost cause as its text, and the task goes on. */
class TransportFailuresTest {

    private static void check(Flavour flavour, String host, String text) throws Exception {
        var trial = Trial.of(flavour, host, _ -> {}, user -> {
            var response = user.client.get("/", name("broken"));
            assertThat(response.statusCode()).isZero();
            assertThat(response.ok()).isFalse();
            assertThat(response.error()).isPresent();
            assertThat(response.text()).isEmpty();
            assertThat(response.content()).isEmpty();
            assertThat(response.headers().isEmpty()).isTrue();
            assertThat(response.cookies().isEmpty()).isTrue();
            assertThat(response.history()).isEmpty();
            assertThat(response.json().isMissing()).isTrue();
            assertThat(response.iterLines()).isEmpty();
            assertThat(response.url()).isEqualTo(host + "/");
            assertThatThrownBy(response::raiseForStatus).isNotNull();
        });
        var event = trial.only();
        assertThat(event.name()).isEqualTo("broken");
        assertThat(event.requestType()).isEqualTo("GET");
        assertThat(event.responseLength()).isZero();
        assertThat(event.responseTimeMs()).isBetween(0.0, 20_000.0);
        assertThat(Trial.failure(event)).matches(text);
        assertThat(trial.environment().stats().errors()).singleElement().satisfies(error -> {
            assertThat(error.error()).matches(text);
            assertThat(error.occurrences()).isOne();
        });
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    @Parity({"UM-94", "UM-96", "UM-136", "AC-88"}) void aRefusedPort(Flavour flavour) throws Exception {
        check(flavour, "http://127.0.0.1:" + Ports.closed(), "ConnectException: Connection refused");
    }

    @ParameterizedTest
    @EnumSource(Flavour.class) void anAddressThatCannotBeReached(Flavour flavour) throws Exception {
        check(flavour, "http://255.255.255.255", "(SocketException|ConnectException|NoRouteToHostException): .*(unreachable|denied).*");
    }

    @ParameterizedTest
    @EnumSource(Flavour.class) void aHostThatNobodyKnows(Flavour flavour) throws Exception {
        check(flavour, "http://no-such-host.invalid", "UnknownHostException: no-such-host.invalid: Name or service not known");
    }

    @ParameterizedTest
    @EnumSource(Flavour.class) void aConnectionThatIsResetBeforeTheAnswer(Flavour flavour) throws Exception {
        try (var server = WireServer.plain((_, wire) -> wire.reset())) {
            check(flavour, server.url(), "SocketException: Connection reset");
        }
    }

    @Test void aConnectionThatIsResetInTheMiddleOfABody() throws Exception {
        try (var server = WireServer.plain((_, wire) -> {
            wire.head(200, "Content-Length: 100");
            wire.send("\r\nhalf");
            Thread.sleep(50); // sleeps on purpose: the server is slow
            wire.reset();
        })) {
            check(Flavour.HTTP, server.url(), "SocketException: Connection reset");
        }
    }

    @Test void aConnectionThatIsClosedBeforeTheAnswer() throws Exception {
        try (var server = WireServer.plain((_, wire) -> wire.hangUp())) {
            check(Flavour.HTTP, server.url(), "HttpProtocolException: Remote end closed connection without response");
        }
    }

    @Test void aConnectionThatIsClosedInTheMiddleOfAHead() throws Exception {
        try (var server = WireServer.plain((_, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\nContent-");
            wire.hangUp();
        })) {
            check(Flavour.HTTP, server.url(),
                "HttpProtocolException: The server closed the connection in the middle of the response's head, after "
                    + "\"HTTP/1.1 200 OK\\\\r\\\\nContent-\".");
        }
    }

    @Test void aConnectionThatIsClosedInTheMiddleOfABody() throws Exception {
        try (var server = WireServer.plain((_, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            wire.hangUp();
        })) {
            check(Flavour.HTTP, server.url(), "HttpProtocolException: The server closed the connection after 4 of 10 bytes of the body.");
        }
    }

    @Test void aConnectionThatIsClosedInTheMiddleOfAChunkedBody() throws Exception {
        try (var server = WireServer.plain((_, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            wire.hangUp();
        })) {
            check(Flavour.HTTP, server.url(),
                "HttpProtocolException: The server closed the connection in the middle of a chunked body, after 5 bytes.");
        }
    }

    @Test void whatIsNoHttpAtAll() throws Exception {
        try (var server = WireServer.plain((_, wire) -> wire.send("220 mail.example.com ESMTP\r\n"))) {
            check(Flavour.HTTP, server.url(), "HttpProtocolException: .*220 mail.example.com ESMTP.*");
        }
    }

    @Test
    @Parity("SD-22") void aConnectionThatTakesTooLong() throws Exception {
        // A queue of one that is full: the system drops what comes on top, so nobody answers.
        try (var full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var waiting = new ArrayList<Socket>();
            for (int i = 0; i < 2; i++) waiting.add(new Socket(InetAddress.getLoopbackAddress(), full.getLocalPort()));
            var host = "http://127.0.0.1:" + full.getLocalPort();
            var trial = Trial.http(host, user -> {
                user.client.get("/", name("word"), timeout(0.3));
                user.client.get("/", name("two"), timeout(0.4, 30));
            });
            assertThat(trial.failures()).containsExactly("SocketTimeoutException: Connection timed out. (connect timeout=0.3)",
                "SocketTimeoutException: Connection timed out. (connect timeout=0.4)");
            assertThat(trial.named("word").responseTimeMs()).isBetween(299.0, 10_000.0);
            var option = Trial.fast(host, http -> http.connectionTimeout(0.2), user -> user.client.get("/"));
            assertThat(option.failures()).containsExactly("SocketTimeoutException: Connection timed out. (connect timeout=0.2)");
            for (var socket : waiting) socket.close();
        }
    }

    @Test void aHandshakeThatTakesTooLong() throws Exception {
        try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            var trial = Trial.fast("https://127.0.0.1:" + silent.getLocalPort(), user -> user.client.get("/", timeout(0.3)));
            assertThat(trial.failures()).containsExactly("SocketTimeoutException: Connection timed out. (connect timeout=0.3)");
        }
    }

    @Test void aHostIsReachedByAnyOfItsAddresses() throws Exception {
        try (var server = WireServer.answering("ok")) {
            var refusing = InetAddress.getByAddress(new byte[]{127, 0, 0, 2});
            Crowd.Step step = user -> {
                var addresses = Addresses.of(user.line());
                addresses.remember("two.test", List.of(refusing, InetAddress.getLoopbackAddress()));
                addresses.remember("none.test", List.of(refusing, refusing));
                assertThat(user.client.get("http://two.test:" + server.port()).text()).isEqualTo("ok");
                assertThat(user.client.get("http://none.test:" + server.port()).error()).get().asString().contains("Connection refused");
            };
            try (var crowd = new Crowd(1, 1, server.url(), _ -> {}, step).await()) {
                assertThat(crowd.total().numRequests()).isEqualTo(2);
                assertThat(crowd.total().numFailures()).isOne();
            }
            assertThat(server.last().all("Host")).containsExactly("two.test:" + server.port());
        }
    }

    @Test
    @Parity({"UM-94", "AC-88"}) void anAddressThatIsNoneIsTheScriptsMistake() throws Exception {
        var trial = Trial.http("http://127.0.0.1:1", user -> {
            for (var address : List.of("http://", "http://host:99999/", "https://a b/"))
                assertThatThrownBy(() -> user.client.get(address)).isInstanceOf(InvalidURL.class)
                    .hasMessageStartingWith("Invalid URL \"" + address + "\": ");
        });
        assertThat(trial.events()).isEmpty();
    }
}
