package io.katydid.http;

import static io.katydid.http.HttpUser.auth;
import static io.katydid.http.HttpUser.body;
import static io.katydid.http.HttpUser.cookies;
import static io.katydid.http.HttpUser.header;
import static io.katydid.http.HttpUser.json;
import static io.katydid.http.HttpUser.name;
import static io.katydid.http.HttpUser.param;
import static io.katydid.http.HttpUser.stream;
import static io.katydid.http.HttpUser.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http2.Http2Error;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Speaks HTTP/2 with a real server of it. */
class Http2Test {
    private static Authority authority;
    private static Authority.Identity identity;

    @BeforeAll static void make() throws Exception {
        authority = new Authority("test");
        identity = authority.identity("server", "127.0.0.1");
    }

    private static Http2Server server(Http2Server.Script script) throws Exception { return server(100, script); }

    private static Http2Server server(long maxStreams, Http2Server.Script script) throws Exception {
        return new Http2Server(identity, maxStreams, script);
    }

    private static Trial user(Http2Server server, Trial.Step step) throws Exception { return user(server, _ -> {}, step); }

    private static Trial user(Http2Server server, OneUser.Setup more, Trial.Step step) throws Exception {
        return Trial.fast(server.url(), http -> {
            http.http2();
            more.configure(http);
        }, step);
    }

    private static byte[] bytes(int size) {
        var bytes = new byte[size];
        for (int i = 0; i < size; i++) bytes[i] = (byte) (i * 31 + i / 1000);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void requestsGoOverOneConnectionAndAreRecordedAsEver(boolean fallback) throws Exception {
        try (var server = server((seen, stream) -> stream.answer(201, seen.line().startsWith("HEAD") ? "" : "got " + seen.text(), "x-one",
            "1", "set-cookie", "sid=9; Path=/"))) {
            var trial = Trial.of(Flavour.FAST, server.url(), HttpOptions::http2, user -> {
                var response = user.client.post("/a", json(Map.of("k", 1)), param("q", 2), header("X-Mine", "yes"), auth("u", "p"),
                    cookies(Map.of("own", "1")));
                assertThat(response.statusCode()).isEqualTo(201);
                assertThat(response.reason()).isEqualTo("Created");
                assertThat(response.text()).isEqualTo("got {\"k\":1}");
                assertThat(response.headers().get("X-One")).contains("1");
                assertThat(response.ok()).isTrue();
                user.client.get("/b");
                user.client.put("/c");
                assertThat(user.client.head("/d").content()).isEmpty();
            }, fallback).clean();
            assertThat(server.lines()).containsExactly("POST /a?q=2", "GET /b", "PUT /c", "HEAD /d");
            assertThat(trial.names()).containsExactly("POST /a", "GET /b", "PUT /c", "HEAD /d");
            assertThat(server.connections()).isOne();
            assertThat(server.seen).extracting(Http2Server.Seen::stream).containsExactly(3, 5, 7, 9);
            var first = server.seen.getFirst();
            assertThat(first.header(":authority")).isEqualTo(server.url().substring(8));
            assertThat(first.header(":scheme")).isEqualTo("https");
            assertThat(first.header("x-mine")).isEqualTo("yes");
            assertThat(first.header("content-type")).isEqualTo("application/json");
            assertThat(first.header("content-length")).isEqualTo("7");
            assertThat(first.header("authorization")).isEqualTo("Basic dTpw");
            assertThat(first.header("cookie")).isEqualTo("own=1");
            assertThat(first.headers().contains("connection")).isFalse();
            assertThat(first.headers().contains("host")).isFalse();
            assertThat(server.seen.get(1).header("cookie")).isEqualTo("sid=9");
            assertThat(server.seen.get(2).header("content-length")).isEqualTo("0");
            var event = trial.events().getFirst();
            assertThat(event.responseLength()).isEqualTo(11);
            assertThat(event.responseTimeMs()).isBetween(0.0, 10_000.0);
        }
    }

    @Test void itIsSpokenOnlyWhenAskedFor() throws Exception {
        try (var server = server((_, stream) -> stream.answer(200, "h2"))) {
            var trial = Trial.fast(server.url(), user -> user.client.get("/"));
            assertThat(trial.failures()).hasSize(1);
            assertThat(server.seen).isEmpty();
        }
    }

    @Test void aServerThatDoesNotSpeakItGetsHttp11() throws Exception {
        try (var old = WireServer.secure(authority.presenting(identity), (_, wire) -> wire.answer(200, "old"));
            var choosing = WireServer.choosing(authority.presenting(identity), "http/1.1", (_, wire) -> wire.answer(200, "chosen"))) {
            Trial.fast(old.url(), HttpOptions::http2, user -> {
                assertThat(user.client.get("/").text()).isEqualTo("old");
                assertThat(user.client.get("/").text()).isEqualTo("old");
                assertThat(user.client.get(choosing.url()).text()).isEqualTo("chosen");
                var children = IntStream.range(0, 5).mapToObj(_ -> Thread.startVirtualThread(() -> user.client.get("/"))).toList();
                for (var child : children) child.join();
            }).clean();
            assertThat(old.seen).hasSize(7);
            assertThat(old.connections()).isBetween(1, 5);
        }
    }

    @Test void plainHttpStaysHttp11() throws Exception {
        try (var plain = WireServer.answering("plain")) {
            Trial.fast(plain.url(), HttpOptions::http2, user -> {
                user.client.get("/");
                user.client.get("/");
            }).clean();
            assertThat(plain.connections()).isOne();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void childThreadsAreStreamsOfOneConnection(boolean fallback) throws Exception {
        var here = new ArrayList<Runnable>();
        try (var server = server((seen, stream) -> {
            // The first eight are answered together, in reverse.
            if (here.size() < 8) {
                here.add(() -> stream.answer(200, "for " + seen.line()));
                if (here.size() == 8) here.reversed().forEach(Runnable::run);
            } else {
                stream.answer(200, "for " + seen.line());
            }
        })) {
            var trial = Trial.of(Flavour.FAST, server.url(), HttpOptions::http2, user -> {
                var children = IntStream.range(0, 8).mapToObj(child -> Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 20; i++) {
                        var path = "/" + child + "/" + i;
                        user.client.get(path, response -> {
                            if (!response.text().equals("for GET " + path)) response.failure("mixed up");
                        }, name("child"));
                    }
                })).toList();
                for (var child : children) child.join();
            }, fallback).clean();
            assertThat(trial.environment().stats().get("child", "GET").numRequests()).isEqualTo(160);
            assertThat(server.seen).hasSize(160);
            assertThat(server.connections()).isOne();
            assertThat(server.most).hasValue(8);
        }
    }

    @Test void moreStreamsThanTheServerAllowsWait() throws Exception {
        try (var server = server(2,
            (_, stream) -> stream.channel().eventLoop().schedule(() -> stream.answer(200, "ok"), 5, TimeUnit.MILLISECONDS))) {
            var trial = user(server, user -> {
                user.client.get("/", name("n"));
                var children = IntStream.range(0, 10).mapToObj(_ -> Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 5; i++) user.client.get("/", name("n"));
                })).toList();
                for (var child : children) child.join();
            }).clean();
            assertThat(trial.events()).hasSize(51);
            assertThat(server.most.get()).isLessThanOrEqualTo(2);
            assertThat(server.connections()).isOne();
        }
    }

    @Test void largeBodiesGoBothWaysUnderFlowControl() throws Exception {
        var large = bytes(3 << 20);
        try (var server = server((seen, stream) -> stream.answer(200, seen.body()))) {
            var trial = user(server, user -> {
                assertThat(Arrays.equals(user.client.post("/bytes", body(large)).content(), large)).isTrue();
                var streamed = user.client.post("/stream", body("application/x-large", new ByteArrayInputStream(large)));
                assertThat(Arrays.equals(streamed.content(), large)).isTrue();
                assertThat(user.client.post("/none", body("text/plain", new ByteArrayInputStream(new byte[0]))).content()).isEmpty();
            }).clean();
            assertThat(trial.events().getFirst().responseLength()).isEqualTo(large.length);
            assertThat(server.seen).extracting(Http2Server.Seen::line).containsExactly("POST /bytes", "POST /stream", "POST /none");
            assertThat(server.seen.get(1).header("content-type")).isEqualTo("application/x-large");
            assertThat(server.seen.get(1).headers().contains("content-length")).isFalse();
            assertThat(server.connections()).isOne();
        }
    }

    @Test void aStreamedAnswerIsReadAsItComesAndHoldsTheServerBack() throws Exception {
        var piece = bytes(1 << 20);
        var written = new AtomicInteger();
        try (var server = server((seen, stream) -> {
            if (seen.line().equals("GET /lines")) {
                stream.head(200, false);
                stream.data("one\ntw".getBytes(), false);
                stream.data("o\nthree".getBytes(), true);
                return;
            }
            stream.head(200, false, "content-length", String.valueOf(16 * piece.length));
            for (int i = 0; i < 16; i++) {
                stream.channel().writeAndFlush(new io.netty.handler.codec.http2.DefaultHttp2DataFrame(
                    io.netty.buffer.Unpooled.wrappedBuffer(piece), i == 15)).addListener(_ -> written.incrementAndGet());
            }
        })) {
            var trial = user(server, user -> {
                try (var response = user.client.get("/large", stream())) {
                    assertThat(response.statusCode()).isEqualTo(200);
                    Thread.sleep(200); // sleeps on purpose: the server is slow
                    assertThat(written.get()).as("pieces that found room while nobody read").isLessThan(16);
                    var all = new ByteArrayOutputStream();
                    response.iterContent(100_000).forEach(all::writeBytes);
                    assertThat(all.size()).isEqualTo(16 * piece.length);
                    for (int i = 0; i < 16; i++)
                        assertThat(Arrays.equals(all.toByteArray(), i * piece.length, (i + 1) * piece.length, piece, 0, piece.length))
                            .isTrue();
                }
                try (var lines = ((FastHttpUser) user).client.iterLines("/lines")) {
                    assertThat(lines.toList()).containsExactly("one", "two", "three");
                }
                user.client.get("/large", stream(), name("closed early")).close();
                assertThat(user.client.get("/lines").text()).isEqualTo("one\ntwo\nthree");
            }).clean();
            assertThat(trial.events()).hasSize(4);
            assertThat(trial.named("/large").responseLength()).isEqualTo(16L * piece.length);
            assertThat(server.connections()).isOne();
            assertThat(server.resets).containsExactly("/large CANCEL");
        }
    }

    @Test void trailersAreNoHeadersAndEarlyHintsNoAnswer() throws Exception {
        try (var server = server((_, stream) -> {
            stream.head(103, false, "link", "</a.css>");
            stream.head(200, false, "x-real", "1");
            stream.data("body".getBytes(), false);
            stream.trailers("x-checksum", "17");
        })) {
            user(server, user -> {
                var response = user.client.get("/");
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.text()).isEqualTo("body");
                assertThat(response.headers().asMap()).isEqualTo(Map.of("x-real", "1"));
            }).clean();
        }
    }

    @Test void aStreamThatIsResetFailsAloneAndIsNotSentTwice() throws Exception {
        try (var server = server((seen, stream) -> {
            switch (seen.line()) {
                case "GET /reset" -> stream.reset(Http2Error.INTERNAL_ERROR);
                case "GET /middle" -> {
                    stream.head(200, false);
                    stream.data("half".getBytes(), false);
                    stream.reset(Http2Error.CANCEL);
                }
                default -> stream.answer(200, "ok");
            }
        })) {
            var trial = user(server, user -> {
                user.client.get("/first");
                assertThat(user.client.get("/reset").statusCode()).isZero();
                assertThat(user.client.get("/middle").statusCode()).isZero();
                user.client.get("/last");
            });
            assertThat(trial.failures()).containsExactly("IOException: The server reset the stream: INTERNAL_ERROR",
                "IOException: The server reset the stream: CANCEL");
            assertThat(server.lines()).containsExactly("GET /first", "GET /reset", "GET /middle", "GET /last");
            assertThat(server.connections()).isOne();
        }
    }

    @Test void aRefusedStreamWasNotSeenAndIsSentAgain() throws Exception {
        var refused = new AtomicInteger();
        try (var server = server((seen, stream) -> {
            if (seen.line().equals("POST /busy") && refused.getAndIncrement() == 0) stream.reset(Http2Error.REFUSED_STREAM);
            else stream.answer(200, "ok");
        })) {
            var trial = user(server, user -> {
                user.client.get("/first");
                assertThat(user.client.post("/busy", json(1)).ok()).isTrue();
            }).clean();
            assertThat(trial.events()).hasSize(2);
            assertThat(server.lines()).containsExactly("GET /first", "POST /busy", "POST /busy");
        }
    }

    @Test void aServerThatLeavesLosesNothing() throws Exception {
        try (var server = server((seen, stream) -> {
            if (seen.line().equals("GET /leave")) stream.goAway(0);
            stream.answer(200, "ok");
        })) {
            var trial = user(server, user -> {
                user.client.get("/1");
                assertThat(user.client.get("/leave").text()).isEqualTo("ok");
                user.client.get("/2");
                user.client.get("/3");
            }).clean();
            assertThat(trial.events()).hasSize(4);
            assertThat(server.seen).extracting(Http2Server.Seen::connection).containsExactly(1, 1, 2, 2);
        }
    }

    @Test void aServerThatLeavesAgainAndAgainUnderManyStreamsLosesNothing() throws Exception {
        var count = new AtomicInteger();
        try (var server = server((_, stream) -> {
            if (count.incrementAndGet() % 25 == 0) stream.goAway(0);
            stream.answer(200, "ok");
        })) {
            var trial = user(server, user -> {
                var children = IntStream.range(0, 8).mapToObj(_ -> Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 50; i++) user.client.get("/", name("n"));
                })).toList();
                for (var child : children) child.join();
            }).clean();
            assertThat(trial.events()).hasSize(400);
            assertThat(server.seen).as("answered by the server").hasSize(400);
            assertThat(server.connections()).isGreaterThan(5);
        }
    }

    @Test void aConnectionThatIsClosedIsReplacedForTheNextRequest() throws Exception {
        try (var server = server((seen, stream) -> {
            if (seen.line().equals("GET /die")) {
                stream.head(200, false);
                stream.hangUp();
            } else {
                stream.answer(200, "ok");
            }
        })) {
            var trial = user(server, user -> {
                user.client.get("/1");
                assertThat(user.client.get("/die").statusCode()).isZero();
                assertThat(user.client.get("/2").text()).isEqualTo("ok");
            });
            assertThat(trial.failures()).containsExactly("IOException: The server closed the connection before its answer was complete.");
            assertThat(server.seen).extracting(Http2Server.Seen::connection).containsExactly(1, 1, 2);
        }
    }

    @Test void aTimeOutEndsItsStreamAndNotTheConnection() throws Exception {
        try (var server = server((seen, stream) -> {
            if (!seen.line().equals("GET /slow")) stream.answer(200, "ok");
        })) {
            var trial = user(server, user -> {
                user.client.get("/1");
                assertThat(user.client.get("/slow", timeout(0.2)).statusCode()).isZero();
                user.client.get("/2");
                Await.until(() -> !server.resets.isEmpty());
            });
            assertThat(trial.failures()).containsExactly("SocketTimeoutException: Read timed out. (read timeout=0.2)");
            assertThat(server.connections()).isOne();
            assertThat(server.resets).containsExactly("/slow CANCEL");
            assertThat(trial.named("/slow").responseTimeMs()).isBetween(199.0, 10_000.0);
        }
    }

    @Test void bytesThatKeepComingAreNoTimeOut() throws Exception {
        try (var server = server((_, stream) -> {
            stream.head(200, false);
            for (int i = 1; i <= 6; i++) {
                int at = i;
                stream.channel().eventLoop().schedule(() -> stream.data(new byte[]{'x'}, at == 6), i * 100L, TimeUnit.MILLISECONDS);
            }
        })) {
            var trial = user(server, user -> assertThat(user.client.get("/", timeout(0.4)).text()).isEqualTo("xxxxxx")).clean();
            assertThat(trial.only().responseTimeMs()).isBetween(599.0, 10_000.0);
        }
    }

    @Test void redirectsCompressionAndBadStatusAreAsEver() throws Exception {
        try (var server = server((seen, stream) -> {
            switch (seen.line()) {
                case "POST /go" -> stream.answer(303, "", "location", "/there");
                case "GET /there" ->
                    stream.answer(200, new byte[]{0x0b, 0x02, (byte) 0x80, 'h', 'e', 'l', 'l', 'o', 0x03}, "content-encoding", "br");
                default -> stream.answer(418, "");
            }
        })) {
            var trial = user(server, user -> {
                var response = user.client.post("/go", json(1));
                assertThat(response.text()).isEqualTo("hello");
                assertThat(response.history()).hasSize(1);
                user.client.get("/tea");
            });
            assertThat(trial.failures()).containsExactly("418 Client Error: I'm a Teapot for url: /tea");
            assertThat(server.lines()).containsExactly("POST /go", "GET /there", "GET /tea");
        }
    }

    @Test void usersShareAConnectionWhenTheySharePools() throws Exception {
        var together = new CountDownLatch(5);
        try (var server = server((_, stream) -> {
            together.countDown();
            stream.answer(200, "ok");
        }); var crowd = new Crowd(5, 1, server.url(), http -> http.http2().insecure(true).sharedPool(true), user -> {
            for (int i = 0; i < 10; i++) assertThat(user.client.get("/").ok()).isTrue();
        }).await()) {
            assertThat(crowd.total().numRequests()).isEqualTo(50);
            assertThat(server.seen).hasSize(50);
            assertThat(server.connections()).isOne();
        }
    }

    @Test void aTunnelCarriesItToo() throws Exception {
        try (var server = server((_, stream) -> stream.answer(200, "ok")); var proxy = WireServer.plain((seen, wire) -> {
            wire.send("HTTP/1.1 200 Connection established\r\n\r\n");
            wire.tunnel("127.0.0.1", Integer.parseInt(seen.target().substring(seen.target().indexOf(':') + 1)));
        })) {
            user(server, http -> http.proxy(proxy.url()), user -> {
                user.client.get("/1");
                user.client.get("/2");
            }).clean();
            assertThat(proxy.seen).hasSize(1);
            assertThat(server.lines()).isEqualTo(List.of("GET /1", "GET /2"));
            assertThat(server.connections()).isOne();
        }
    }
}
