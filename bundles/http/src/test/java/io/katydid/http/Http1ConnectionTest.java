package io.katydid.http;

import static io.katydid.http.HttpUser.body;
import static io.katydid.http.HttpUser.name;
import static io.katydid.http.HttpUser.stream;
import static io.katydid.http.HttpUser.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.katydid.api.Environment;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Meets servers that are slow, rude or broken, in a real user over a real socket. */
class Http1ConnectionTest {
    /** What a server says, and the failure it is: the connection must be closed, and the next request work. */
    private static final Map<String, String> BROKEN = new LinkedHashMap<>();
    static {
        BROKEN.put("SSH-2.0-OpenSSH\r\n", "does not begin with an HTTP/1 status line but with \"S");
        BROKEN.put("HTTP/1.1 2x0 OK\r\n\r\n", "does not begin with an HTTP/1 status line but with \"HTTP/1.1 2x0 OK\"");
        BROKEN.put("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", "\"no colon\" in the response's head is not a header line.");
        BROKEN.put("HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\nhello", "\"Content-Length: -5\" is not a length in bytes.");
        BROKEN.put("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", "99999\" is not a length in bytes.");
        BROKEN.put("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
            "two different lengths, 5 and \"Content-Length: 6\": its end is not certain.");
        BROKEN.put("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "both Content-Length: 5 and Transfer-Encoding: chunked");
        BROKEN.put("HTTP/1.1 200 OK\r\nTransfer-Encoding: br\r\n\r\n", "\"Transfer-Encoding: br\" is not understood; only chunked is.");
        BROKEN.put("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n-5\r\nhello", " is not the size of a chunk.");
        BROKEN.put("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
            "The size of a chunk has more than 15 digits");
        BROKEN.put("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhello\r\n", "A chunk does not end where its size says");
        BROKEN.put("HTTP/1.1 200 OK\r\nX: " + "y".repeat(66_000) + "\r\n\r\n", "The response's head has more than 65536 bytes");
        BROKEN.put("HTTP/1.1 102 Wait\r\n\r\n".repeat(33), "more than 32 responses of the kind 102 before the real one.");
    }

    private static List<String> errors(Environment environment) {
        return environment.stats().errors().stream().map(error -> error.error()).toList();
    }

    @Test void aRequestThatCannotBeWrittenFailsAtOnce() throws Exception {
        try (var server = WireServer.answering("ok")) {
            var trial = Trial.fast(server.url(), user -> {
                user.session().post("/",
                    new RequestWord("unwritable", draft -> draft.body("unwritable", new RequestBody.Bytes("a/b", null))));
                assertThat(user.session().get("/").ok()).isTrue();
            });
            assertThat(trial.failures()).singleElement().asString().contains("NullPointerException");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void aBrokenResponseIsAFailureAndTheEndOfItsConnection(boolean spelled) throws Exception {
        var cases = new ArrayList<>(BROKEN.keySet());
        var closed = new CopyOnWriteArrayList<String>();
        try (var server = new ScriptedServer(talk -> {
            for (var head = talk.head(); !head.isEmpty(); head = talk.head()) {
                var path = head.substring(5, head.indexOf(' ', 5));
                if (path.equals("good")) {
                    talk.ok("fine");
                } else {
                    var response = cases.get(Integer.parseInt(path));
                    try {
                        if (spelled) talk.spell(response);
                        else talk.say(response);
                        talk.untilClosed();
                    } catch (java.net.SocketException reset) {
                        // It is closed all the same: not everything that was said had been read.
                    }
                    closed.add(path);
                    return;
                }
            }
        })) {
            var environment = OneUser.plain(server.url(), user -> {
                for (int i = 0; i < cases.size(); i++) {
                    var response = user.client.get("/" + i, name("case " + i));
                    assertThat(response.statusCode()).as(cases.get(i)).isZero();
                    assertThat(response.ok()).isFalse();
                    assertThat(response.content()).isEmpty();
                    assertThat(user.client.get("/good").text()).isEqualTo("fine");
                }
            });
            for (int i = 0; i < cases.size(); i++) {
                var name = "case " + i;
                assertThat(environment.stats().errors()).filteredOn(error -> error.name().equals(name)).singleElement()
                    .satisfies(error -> assertThat(error.error()).contains(BROKEN.get(cases.get(Integer.parseInt(name.substring(5))))));
            }
            assertThat(environment.stats().get("/good", "GET").numFailures()).isZero();
            await().atMost(10, TimeUnit.SECONDS).untilAsserted(() -> assertThat(closed).hasSizeGreaterThanOrEqualTo(cases.size()));
            assertThat(closed).as("each request is sent once").doesNotHaveDuplicates();
            assertThat(server.problems).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 200 OK\r\nContent-", "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel", "HTTP/1.1 100 Continue\r\n\r\n"}) void aResponseCutShortIsAFailure(
            String response) throws Exception {
        try (var server = new ScriptedServer(talk -> {
            talk.head();
            talk.say(response);
        })) {
            var environment = OneUser.plain(server.url(), user -> assertThat(user.client.get("/").statusCode()).isZero());
            assertThat(errors(environment)).singleElement().asString()
                .matches("HttpProtocolException: (Remote end closed connection without response|The server closed the connection .+\\.)");
        }
    }

    @Test void aWellFormedResponseMayArriveByteByByte() throws Exception {
        try (var server = new ScriptedServer(talk -> {
            for (var head = talk.head(); !head.isEmpty(); head = talk.head()) {
                talk.spell(
                    "HTTP/1.1 103 Early\r\nX: y\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\nT: r\r\n\r\n");
            }
        })) {
            OneUser.plain(server.url(), user -> {
                for (int i = 0; i < 5; i++) assertThat(user.client.get("/").text()).isEqualTo("hello");
            });
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test void aResponseNobodyAskedForClosesTheConnection() throws Exception {
        var answered = new CountDownLatch(1);
        var closed = new CompletableFuture<String>();
        try (var server = new ScriptedServer(talk -> {
            talk.head();
            talk.ok("one");
            if (talk.number > 0) return;
            answered.await();
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 8\r\n\r\nnobody's");
            closed.complete(talk.untilClosed());
        })) {
            var environment = OneUser.plain(server.url(), user -> {
                assertThat(user.client.get("/").text()).isEqualTo("one");
                answered.countDown();
                user.sleep(0);
                user.blocking(() -> closed.get(10, TimeUnit.SECONDS));
                assertThat(user.client.get("/").text()).isEqualTo("one");
            });
            assertThat(closed.getNow("open")).isEmpty();
            assertThat(server.connections()).isEqualTo(2);
            assertThat(environment.stats().total().numFailures()).isZero();
        }
    }

    @Test void bytesBehindAResponseFailItsRequestWithThem() throws Exception {
        var closed = new CompletableFuture<String>();
        try (var server = new ScriptedServer(talk -> {
            talk.head();
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 500 Oops\r\n\r\n");
            closed.complete(talk.untilClosed());
        })) {
            var environment = OneUser.plain(server.url(), user -> assertThat(user.client.get("/").statusCode()).isZero());
            assertThat(errors(environment)).containsExactly("HttpProtocolException: The server sent 21 bytes that nobody asked for"
                + " after a complete response: \"HTTP/1.1 500 Oops\\r\\n\\r\\n\".");
            assertThat(closed.get(10, TimeUnit.SECONDS)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void aLargeBodyArrivesWholeAndItsConnectionIsUsedAgain(boolean fallback) throws Exception {
        var large = "0123456789abcdef".repeat(200_000);
        try (var server = new ScriptedServer(talk -> {
            for (var head = talk.head(); !head.isEmpty(); head = talk.head()) {
                int length = Integer.parseInt(head.replaceAll("(?s).*Content-Length: (\\d+).*", "$1"));
                var body = talk.body(length);
                talk.ok(length + " " + (body.equals(large) || body.equals("small")));
            }
        })) {
            OneUser.run(OneUser.Plain.class, server.url(), _ -> {}, (OneUser.Body<OneUser.Plain>) user -> {
                for (int i = 0; i < 3; i++) {
                    assertThat(user.client.put("/", body(large)).text()).isEqualTo("3200000 true");
                    assertThat(user.client.put("/", body("small")).text()).isEqualTo("5 true");
                }
            }, fallback);
            assertThat(server.problems).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test void aShortTimeOutIsKeptBehindALongOne() throws Exception {
        try (var server = new ScriptedServer(talk -> {
            talk.head();
            talk.ok("");
            talk.head();
            talk.untilClosed();
        })) {
            var environment = OneUser.plain(server.url(), user -> {
                user.client.get("/", timeout(50));
                user.client.get("/", timeout(0.3));
            });
            assertThat(errors(environment)).containsExactly("SocketTimeoutException: Read timed out. (read timeout=0.3)");
        }
    }

    @Test void aTimeOutCountsFromTheLastByte() throws Exception {
        try (var server = new ScriptedServer(talk -> {
            talk.head();
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n");
            for (int i = 0; i < 10; i++) {
                Thread.sleep(150); // sleeps on purpose: the slowness is what is tested.
                talk.say("x");
            }
            talk.head();
            talk.say("HTTP/1.1 200 OK\r\n");
            talk.untilClosed();
        })) {
            var environment = OneUser.plain(server.url(), user -> {
                assertThat(user.client.get("/slow", timeout(1)).text()).isEqualTo("xxxxxxxxxx");
                assertThat(user.client.get("/silent", timeout(1)).statusCode()).isZero();
            });
            assertThat(errors(environment)).containsExactly("SocketTimeoutException: Read timed out. (read timeout=1.0)");
        }
    }

    @Test void aBodyThatCannotBeUnpackedIsNoAnswer() throws Exception {
        try (var server = new ScriptedServer(talk -> {
            for (var head = talk.head(); !head.isEmpty(); head = talk.head())
                talk.say("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nContent-Encoding: gzip\r\n\r\nno");
        })) {
            var environment = OneUser.plain(server.url(), user -> {
                var response = user.client.get("/", each -> assertThat(each.statusCode()).isZero());
                assertThat(response.ok()).isFalse();
                assertThat(response.text()).isEmpty();
                assertThat(user.client.get("/", stream()).statusCode()).isEqualTo(200);
            });
            assertThat(errors(environment)).singleElement().asString()
                .startsWith("HttpProtocolException: The body says Content-Encoding: gzip but cannot be decoded (");
            assertThat(server.connections()).as("the connection is as good as before").isEqualTo(1);
        }
    }

    @Test void theTimeOfARequestIsItsOwnWhenThreadsSendAtOnce() throws Exception {
        try (var server = new ScriptedServer(talk -> {
            for (var head = talk.head(); !head.isEmpty(); head = talk.head()) {
                Thread.sleep(Integer.parseInt(head.substring(5, head.indexOf(' ', 5)))); // sleeps on purpose: the time is what is tested.
                talk.ok("");
            }
        })) {
            var times = new CopyOnWriteArrayList<String>();
            OneUser.plain(server.url(), user -> {
                var recorded = new java.util.concurrent.ConcurrentHashMap<String, Double>();
                user.environment().events().request().addListener(event -> recorded.put(event.name(), event.responseTimeMs()));
                var threads = new ArrayList<Thread>();
                for (int i = 0; i < 10; i++) {
                    int delay = i * 50;
                    threads.add(Thread.ofVirtual().start(() -> {
                        long start = System.nanoTime();
                        user.client.get("/" + delay);
                        double around = (System.nanoTime() - start) / 1e6;
                        double time = recorded.get("/" + delay);
                        if (time < delay || time > around + 1) times.add(delay + " ms took " + time + " of " + around);
                    }));
                }
                for (var thread : threads) thread.join();
                assertThat(recorded).hasSize(10);
            });
            assertThat(times).isEmpty();
        }
    }

    @Test void theWarmUpWorks() throws Exception {
        assertThat(WarmUp.exchange().statusCode()).isEqualTo(200);
    }
}
