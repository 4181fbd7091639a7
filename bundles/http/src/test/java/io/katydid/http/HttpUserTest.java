package io.katydid.http;

import static io.katydid.http.HttpUser.allowRedirects;
import static io.katydid.http.HttpUser.auth;
import static io.katydid.http.HttpUser.context;
import static io.katydid.http.HttpUser.cookies;
import static io.katydid.http.HttpUser.form;
import static io.katydid.http.HttpUser.header;
import static io.katydid.http.HttpUser.json;
import static io.katydid.http.HttpUser.name;
import static io.katydid.http.HttpUser.param;
import static io.katydid.http.HttpUser.stream;
import static io.katydid.http.HttpUser.timeout;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Task;
import io.katydid.parity.Parity;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Uses the session in a real user against a real server. */
class HttpUserTest {
    private TestServer server;

    @BeforeEach void start() throws Exception {
        server = new TestServer();
    }

    @AfterEach void stop() {
        server.close();
    }

    @Test
    @Parity("SD-21") void itIsAbstractAndHasNoTasksOfItsOwn() {
        for (var type : List.of(HttpUser.class, FastHttpUser.class)) {
            assertThat(Modifier.isAbstract(type.getModifiers())).isTrue();
            int methods = 0;
            for (Class<?> at = type; at != null; at = at.getSuperclass()) {
                assertThat(at.getDeclaredMethods()).noneMatch(method -> method.isAnnotationPresent(Task.class));
                methods += at.getDeclaredMethods().length;
            }
            assertThat(methods).isGreaterThan(10);
        }
    }

    @Test
    @Parity({"SD-70", "UM-87"}) void aGetIsRecordedUnderItsPathAndQuery() throws Exception {
        var environment = OneUser.plain(server.url(), user -> {
            var response = user.client.get("/api?x=1", param("q", "socks"));
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.ok()).isTrue();
            assertThat(response.json().at("id").asInt()).isEqualTo(7);
        });
        assertThat(server.seen).containsExactly("GET /api?x=1&q=socks");
        assertThat(environment.stats().get("/api?x=1&q=socks", "GET").numRequests()).isEqualTo(1);
        assertThat(environment.stats().total().numFailures()).isZero();
    }

    @Test void aFastUserNamesTheRequestByTheUrlAsGiven() throws Exception {
        var environment = OneUser.fast(server.url(), user -> user.client.get("/api", param("q", 1)));
        assertThat(environment.stats().get("/api", "GET").numRequests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Parity("SD-27") void allMethodsAndBodiesArriveOnCarrierAndFallback(boolean fallback) throws Exception {
        OneUser.run(OneUser.Plain.class, server.url(), _ -> {}, (OneUser.Body<OneUser.Plain>) user -> {
            user.client.post("/a", json(Map.of("foo", 1)));
            user.client.put("/b", form(Map.of("k", "v w")));
            user.client.patch("/c", HttpUser.body("text/plain", "hello"));
            user.client.delete("/d");
            user.client.options("/e");
            assertThat(user.client.head("/f").content()).isEmpty();
        }, fallback);
        assertThat(server.seen).containsExactly("POST /a {\"foo\":1}", "PUT /b k=v+w", "PATCH /c hello", "DELETE /d", "OPTIONS /e",
            "HEAD /f");
    }

    @Test
    @Parity({"SD-29", "UM-86", "UM-93"}) void redirectsAreFollowedAndCountOnce() throws Exception {
        var environment = OneUser.plain(server.url(), user -> {
            var response = user.client.get("/redirect/3");
            assertThat(response.history()).hasSize(3);
            assertThat(response.url()).endsWith("/end");
            assertThat(user.client.get("/redirect/1", allowRedirects(false)).statusCode()).isEqualTo(302);
            assertThat(user.client.head("/redirect/1").statusCode()).isEqualTo(302);
        });
        assertThat(environment.stats().total().numRequests()).isEqualTo(3);
        assertThat(server.seen).hasSize(6);
    }

    @Test void tooManyRedirectsAreAFailure() throws Exception {
        var environment = OneUser.plain(server.url(), http -> http.maxRedirects(2),
            user -> assertThat(user.client.get("/redirect/9").statusCode()).isZero());
        assertThat(environment.stats().errors()).singleElement()
            .satisfies(error -> assertThat(error.error()).contains("Exceeded 2 redirects."));
    }

    @Test
    @Parity({"SD-19", "UM-85", "UM-97"}) void theSessionKeepsHeadersCookiesAndAuthentication() throws Exception {
        OneUser.plain(server.url(), http -> http.header("X-Team", "checkout"), user -> {
            user.client.get("/cookie");
            user.client.headers().set("Authorization", "Bearer t");
            user.client.get("/a");
            user.client.headers().remove("Authorization");
            user.client.auth("u", "p");
            user.client.get("/b", cookies(Map.of("own", "1")));
            user.client.get("/c", auth("x", "y"), header("X-Team", "other"));
        });
        assertThat(server.seen).containsExactly("GET /cookie X-Team=checkout",
            "GET /a Authorization=Bearer t Cookie=sid=42 X-Team=checkout",
            "GET /b Authorization=Basic dTpw Cookie=sid=42; own=1 X-Team=checkout",
            "GET /c Authorization=Basic eDp5 Cookie=sid=42 X-Team=other");
    }

    @Test
    @Parity({"UM-95", "AC-88"}) void aBadStatusIsAFailureGroupedByName() throws Exception {
        var environment = OneUser.plain(server.url(), user -> {
            assertThat(user.client.get("/status/404", name("lost")).ok()).isFalse();
            assertThat(user.client.get("/status/503", name("down")).ok()).isFalse();
        });
        assertThat(environment.stats().errors()).extracting(error -> error.error())
            .containsExactlyInAnyOrder("404 Client Error: Not Found for url: lost", "503 Server Error: Service Unavailable for url: down");
    }

    @Test void aCheckDecides() throws Exception {
        var environment = OneUser.plain(server.url(), user -> {
            assertThat(user.client.get("/status/404", response -> response.success(), name("fine")).ok()).isTrue();
            assertThat(user.client.get("/a", response -> response.failure("No data"), name("bad")).ok()).isFalse();
            user.client.get("/a", response -> response.json().at("data.missing").asInt(), name("threw"));
            user.client.get("/a", _ -> { throw new IllegalStateException("boom"); }, name("state"));
            user.client.get("/a", _ -> { throw new AssertionError("not equal"); }, name("assertion"));
        });
        assertThat(environment.stats().total().numRequests()).isEqualTo(5);
        assertThat(environment.stats().get("fine", "GET").numFailures()).isZero();
        assertThat(environment.stats().errors()).extracting(error -> error.name()).containsExactlyInAnyOrder("bad", "threw", "state",
            "assertion");
        assertThat(environment.stats().errors())
            .anySatisfy(error -> assertThat(error.error()).matches("IllegalStateException: boom at HttpUserTest.java:\\d+"))
            .anySatisfy(error -> assertThat(error.error()).isEqualTo("No data"));
    }

    @Test void aBlockWithoutAVerdictIsJudgedLater() throws Exception {
        var environment = OneUser.plain(server.url(), user -> {
            try (var response = user.client.catchResponse().get("/a", name("judged"))) {
                response.failure("wrong");
            }
            try (var response = user.client.catchResponse().get("/a", name("by status"))) {
                assertThat(response.statusCode()).isEqualTo(200);
            }
            user.client.get("/b");
        });
        assertThat(environment.stats().get("judged", "GET").numFailures()).isEqualTo(1);
        assertThat(environment.stats().get("by status", "GET").numRequests()).isEqualTo(1);
        assertThat(environment.stats().total().numRequests()).isEqualTo(3);
    }

    @Test
    @Parity("UM-88") void requestsInABlockShareAName() throws Exception {
        var environment = OneUser.plain(server.url(), user -> {
            try (var _ = user.client.renameRequest("/blog/[slug]")) {
                user.client.get("/blog/first");
                user.client.get("/blog/second");
            }
            user.client.get("/other");
        });
        assertThat(environment.stats().get("/blog/[slug]", "GET").numRequests()).isEqualTo(2);
        assertThat(environment.stats().get("/other", "GET").numRequests()).isEqualTo(1);
    }

    @Test
    @Parity({"SD-32", "UM-139", "AC-91"}) void compressedBodiesAreUnpackedAndStreamsAreLines() throws Exception {
        OneUser.fast(server.url(), user -> {
            assertThat(user.client.get("/gzip").text()).isEqualTo("unpacked");
            try (var lines = user.client.iterLines("/lines")) {
                assertThat(lines.toList()).containsExactly("one", "two", "three");
            }
            try (var response = user.client.get("/lines", stream())) {
                assertThat(new String(response.iterContent(3).reduce(new byte[0], HttpUserTest::joined))).isEqualTo("one\ntwo\nthree\n");
            }
        });
    }

    private static byte[] joined(byte[] a, byte[] b) {
        var all = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    @Test void restFailsABodyThatIsNoJsonAndAWrongAssertion() throws Exception {
        var environment = OneUser.fast(server.url(), user -> {
            user.rest("POST", "/echo", response -> assertThat(response.json().at("foo").asInt()).isEqualTo(1), json(Map.of("foo", 1)),
                name("good"));
            user.rest("GET", "/status/200", _ -> {}, name("text"));
            user.rest("GET", "/a", _ -> { throw new AssertionError("foo was wrong,"); }, name("wrong"));
        });
        assertThat(environment.stats().get("good", "POST").numFailures()).isZero();
        assertThat(environment.stats().errors()).extracting(error -> error.error())
            .anyMatch(text -> text.startsWith("Could not parse response as JSON. text, response code 200"))
            .anyMatch(text -> text.startsWith("foo was wrong, response was {\"id\""));
    }

    @Test
    @Parity({"UM-94", "AC-88"}) void aRefusedConnectionIsAFailureAndNoException() throws Exception {
        int port;
        try (var socket = new java.net.ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var environment = OneUser.plain("http://127.0.0.1:" + port, user -> {
            var response = user.client.get("/");
            assertThat(response.statusCode()).isZero();
            assertThat(response.ok()).isFalse();
            assertThat(response.error()).isPresent();
        });
        assertThat(environment.stats().errors()).singleElement()
            .satisfies(error -> assertThat(error.error()).isEqualTo("ConnectException: Connection refused"));
    }

    @Test void aSilentServerTimesOut() throws Exception {
        try (var raw = new RawServer("")) {
            var environment = OneUser.plain(raw.url(), user -> user.client.get("/", timeout(0.2)));
            assertThat(environment.stats().errors()).singleElement()
                .satisfies(error -> assertThat(error.error()).contains("Read timed out. (read timeout=0.2)"));
        }
    }

    @Test void bytesNobodyAskedForFailTheRequest() throws Exception {
        try (var raw = new RawServer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\n")) {
            var environment = OneUser.plain(raw.url(), user -> user.client.get("/"));
            assertThat(environment.stats().errors()).singleElement()
                .satisfies(error -> assertThat(error.error()).contains("bytes that nobody asked for"));
        }
    }

    @Test void aResponseThatIsNoHttpIsAClearFailure() throws Exception {
        try (var raw = new RawServer("SSH-2.0-OpenSSH\r\n\r\n")) {
            var environment = OneUser.plain(raw.url(), user -> user.client.get("/"));
            assertThat(environment.stats().errors()).singleElement().satisfies(error -> assertThat(error.error()).contains("SSH-2.0"));
        }
    }

    @Test void theContextReachesListeners() throws Exception {
        var environment = OneUser.plain(server.url(), user -> {
            var seen = new java.util.concurrent.CompletableFuture<Object>();
            user.environment().events().request().addListener(event -> seen.complete(event.context().get("trace")));
            user.client.get("/", context("trace", 17));
            assertThat(seen.getNow("nothing")).isEqualTo(17);
        });
        assertThat(environment.stats().total().numRequests()).isEqualTo(1);
    }
}
