package io.katydid.http;

import static io.katydid.http.HttpUser.body;
import static io.katydid.http.HttpUser.name;
import static io.katydid.http.HttpUser.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.parity.Parity;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Reads answers as they come. */
class StreamTest {

    @ParameterizedTest
    @EnumSource(Flavour.class)
    @Parity({"SD-29", "UM-89", "UM-90", "UM-138", "AC-88"}) void theHeadIsThereBeforeTheBodyAndItsTimeCounts(Flavour flavour)
        throws Exception {
        var goOn = new CountDownLatch(1);
        try (var server = WireServer.plain((_, wire) -> {
            wire.head(200, "Content-Length: 12", "Content-Type: text/plain; charset=utf-8");
            wire.send("\r\nfirst ");
            goOn.await();
            wire.send("second");
        })) {
            var trial = Trial.of(flavour, server.url(), _ -> {}, user -> {
                try (var response = user.client.get("/", stream())) {
                    assertThat(response.statusCode()).isEqualTo(200);
                    assertThat(response.ok()).isTrue();
                    assertThat(response.encoding()).isEqualTo("utf-8");
                    Thread.sleep(300); // sleeps on purpose: the server is slow
                    goOn.countDown();
                    assertThat(response.text()).isEqualTo("first second");
                    assertThat(response.content()).hasSize(12);
                }
            }).clean();
            assertThat(trial.only().responseTimeMs()).isLessThan(299);
            assertThat(trial.only().responseLength()).isEqualTo(12);
        }
    }

    @Test
    @Parity({"UM-90", "UM-138"}) void withoutALengthTheLengthIsZero() throws Exception {
        try (var server = WireServer.plain((_, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n");
        })) {
            var trial = Trial.http(server.url(), user -> {
                for (int i = 0; i < 3; i++) {
                    try (var response = user.client.get("/", stream())) {
                        assertThat(response.text()).isEqualTo("abc");
                    }
                }
            }).clean();
            assertThat(trial.events()).allSatisfy(event -> assertThat(event.responseLength()).isZero());
            assertThat(server.connections()).as("read to the end, used again").isOne();
        }
    }

    @Test
    @Parity({"SD-32", "UM-139", "AC-91"}) void linesEndAsTheyLikeAndAreInTheCharsetOfTheHead() throws Exception {
        var latin = "één\r\ntwee\n\nvier".getBytes(StandardCharsets.ISO_8859_1);
        try (var server = WireServer.plain((_, wire) -> wire.answer(200, latin, "Content-Type: text/plain; charset=iso-8859-1"))) {
            var trial = Trial.fast(server.url(), user -> {
                var client = ((FastHttpUser) user).client;
                try (var lines = client.iterLines("/", name("words"))) {
                    assertThat(lines.toList()).containsExactly("één", "twee", "", "vier");
                }
                try (var response = client.request("POST", "/", stream(), body("x"))) {
                    assertThat(response.iterLines().toList()).containsExactly("één", "twee", "", "vier");
                }
                assertThat(client.get("/").iterLines().toList()).containsExactly("één", "twee", "", "vier");
            }).clean();
            assertThat(trial.names()).containsExactly("GET words", "POST /", "GET /");
        }
    }

    @Test
    @Parity("SD-71") void piecesAreNoLargerThanAsked() throws Exception {
        try (var server = WireServer.answering("0123456789")) {
            Trial.http(server.url(), user -> {
                try (var response = user.client.get("/", stream())) {
                    assertThat(response.iterContent(4).map(String::new).toList()).allMatch(piece -> piece.length() <= 4).satisfies(
                        pieces -> assertThat(String.join("", pieces)).isEqualTo("0123456789"));
                }
                assertThat(user.client.get("/").iterContent(4).map(String::new)).containsExactly("0123", "4567", "89");
                assertThatThrownBy(() -> user.client.get("/").iterContent(0)).hasMessage("iterContent(0) needs pieces of at least 1 byte.");
            }).clean();
        }
    }

    @Test void aSlowReaderHoldsTheServerBack() throws Exception {
        var sent = new AtomicInteger();
        var piece = new byte[1 << 20];
        try (var server = WireServer.plain((_, wire) -> {
            wire.head(200, "Content-Length: " + (64L << 20));
            wire.send("\r\n");
            for (int i = 0; i < 64; i++) {
                wire.send(piece);
                sent.incrementAndGet();
            }
        })) {
            Trial.http(server.url(), user -> {
                try (var response = user.client.get("/", stream())) {
                    Thread.sleep(300); // sleeps on purpose: the server is slow
                    assertThat(sent.get()).as("MB that found room while nobody read").isLessThan(64);
                    assertThat(response.iterContent(1 << 20).mapToLong(each -> each.length).sum()).isEqualTo(64L << 20);
                }
            }).clean();
        }
    }

    @Test void aCheckMayReadIt() throws Exception {
        try (var server = WireServer.answering("{\"a\": 1}")) {
            var trial = Trial.http(server.url(), user -> {
                user.client.get("/", response -> {
                    if (response.json().at("a").asInt() != 1) response.failure("wrong");
                }, stream(), name("good")).close();
                user.client.get("/", response -> {
                    if (response.json().at("a").asInt() != 2) response.failure("wrong");
                }, stream(), name("bad")).close();
            });
            assertThat(trial.failures()).containsExactly("wrong");
            assertThat(Trial.failure(trial.named("good"))).isEmpty();
            assertThat(server.connections()).isOne();
        }
    }

    @Test
    @Parity("SD-71") void aBadStatusIsAFailureAndItsReasonIsTheServers() throws Exception {
        try (var server = WireServer.plain((_, wire) -> wire.send("HTTP/1.1 404 Gone Fishing\r\nContent-Length: 2\r\n\r\nno"))) {
            var trial = Trial.http(server.url(), user -> {
                try (var response = user.client.get("/", stream())) {
                    assertThat(response.ok()).isFalse();
                    assertThat(response.reason()).isEqualTo("Gone Fishing");
                    assertThat(response.text()).isEqualTo("no");
                    assertThatThrownBy(response::raiseForStatus).isInstanceOf(HTTPError.class)
                        .hasMessage("404 Client Error: Gone Fishing for url: /");
                }
            });
            assertThat(trial.failures()).containsExactly("404 Client Error: Gone Fishing for url: /");
        }
    }

    @Test void anAnswerWithoutABodyNeedsNoReading() throws Exception {
        try (var server = WireServer.plain((_, wire) -> wire.send("HTTP/1.1 204 No Content\r\n\r\n"))) {
            Trial.http(server.url(), user -> {
                for (int i = 0; i < 3; i++) user.client.get("/", stream()).close();
                user.client.head("/", stream()).close();
            }).clean();
            assertThat(server.seen).hasSize(4);
            assertThat(server.connections()).isOne();
        }
    }

    @Test void linesOfAFailedTransportAreNone() throws Exception {
        var trial = Trial.fast("http://127.0.0.1:" + Ports.closed(), user -> {
            try (var lines = ((FastHttpUser) user).client.iterLines("/")) {
                assertThat(lines).isEmpty();
            }
        });
        assertThat(trial.failures()).containsExactly("ConnectException: Connection refused");
    }

    @Test void oneThatBreaksTellsItsReaderAndStaysRecordedAsItBegan() throws Exception {
        try (var server = WireServer.plain((_, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
            wire.hangUp();
        })) {
            var trial = Trial.http(server.url(), user -> {
                try (var response = user.client.get("/", stream())) {
                    assertThatThrownBy(response::text)
                        .hasRootCauseMessage("The server closed the connection after 4 of 10 bytes of the body.");
                }
                user.client.get("/next", stream()).close();
            }).clean();
            assertThat(trial.events()).hasSize(2);
        }
    }
}
