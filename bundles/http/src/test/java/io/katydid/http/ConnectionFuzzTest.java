package io.katydid.http;

import static io.katydid.http.HttpUser.body;
import static io.katydid.http.HttpUser.name;
import static io.katydid.http.HttpUser.stream;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers a user with responses that have a few bytes changed: each request ends, and none throws. */
class ConnectionFuzzTest {
    private static final int REQUESTS = 1_500;
    private static final List<String> GOOD = List.of("HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 11\r\n\r\nhello world",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nT: r\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nSet-Cookie: a=b; Domain=x; Expires=1 Nov 2026 00:00:00\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.1 302 Found\r\nLocation: http://[::1]:x/\u00fc%\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nContent-Encoding: gzip\r\n\r\nuntil the end");

    private static String changed(Random random) {
        var text = new StringBuilder(GOOD.get(random.nextInt(GOOD.size())));
        for (int change = random.nextInt(4); change > 0; change--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                case 1 -> text.deleteCharAt(at);
                case 2 -> text.insert(at, text.charAt(random.nextInt(text.length())));
                default -> text.setLength(at + 1);
            }
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void everyRequestEnds(boolean fallback) throws Exception {
        var random = new Random(42);
        try (var server = new ScriptedServer(talk -> {
            try {
                for (var head = talk.head(); !head.isEmpty(); head = talk.head()) {
                    if (head.startsWith("POST")) talk.body(4);
                    String response;
                    synchronized (random) {
                        response = changed(random);
                    }
                    talk.say(response);
                    if (!GOOD.subList(0, 4).contains(response)) return;
                }
            } catch (java.net.SocketException closed) {
                // The client had seen enough.
            }
        })) {
            var environment = OneUser.run(OneUser.Plain.class, server.url(), http -> http.networkTimeout(10),
                (OneUser.Body<OneUser.Plain>) user -> {
                    var choice = new Random(42);
                    for (int i = 0; i < REQUESTS; i++) {
                        switch (choice.nextInt(3)) {
                            case 0 -> user.client.get("/", name("get"));
                            case 1 -> user.client.post("/", body("body"), name("post"));
                            default -> {
                                try (var response = user.client.get("/", stream(), name("stream"))) {
                                    assertThat(response.iterLines().count()).isNotNegative();
                                } catch (UncheckedIOException broken) {
                                    assertThat(broken.getMessage()).isNotBlank();
                                }
                            }
                        }
                    }
                }, fallback);
            assertThat(environment.stats().total().numRequests()).isEqualTo(REQUESTS);
            assertThat(environment.stats().total().numFailures()).isBetween(REQUESTS / 5L, REQUESTS * 9L / 10);
            assertThat(environment.stats().errors())
                .allSatisfy(error -> assertThat(error.error()).doesNotContain("NullPointer", "IndexOutOfBounds",
                    "IllegalState", "ClassCast", "IllegalReferenceCount", "Read timed out"));
            assertThat(server.problems).isEmpty();
        }
    }

    @Test void aMethodIsAWordInCapitals() throws Exception {
        try (var server = new ScriptedServer(talk -> talk.ok(talk.head().lines().findFirst().orElse("")))) {
            var environment = OneUser.plain(server.url(), user -> {
                assertThat(user.client.request("propfind", "/x").text()).isEqualTo("PROPFIND /x HTTP/1.1");
                assertThatThrownBy(() -> user.client.request("GET / HTTP/1.1\r\nEvil: x\r\n", "/")).isInstanceOf(KatydidException.class)
                    .hasMessageEndingWith("is not a method. Use a word such as GET, and put the path into the URL.");
            });
            assertThat(environment.stats().get("/x", "PROPFIND").numRequests()).isEqualTo(1);
        }
    }
}
