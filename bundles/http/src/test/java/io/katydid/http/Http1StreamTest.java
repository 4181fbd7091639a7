package io.katydid.http;

import static io.katydid.http.HttpUser.body;
import static io.katydid.http.HttpUser.stream;
import static io.katydid.http.HttpUser.timeout;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.katydid.api.Environment;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sends and reads bodies in pieces, to and from servers that are slow, break off or do not care, in a real user over a real socket. */
class Http1StreamTest {
    private static List<String> errors(Environment environment) {
        return environment.stats().errors().stream().map(error -> error.error()).toList();
    }

    private static InputStream endless(int size, AtomicLong read) {
        return new InputStream() {
            private int left = size;

            @Override public int read() {
                throw new AssertionError("One byte at a time is slow.");
            }

            @Override public int read(byte[] target, int offset, int length) {
                if (left == 0) return -1;
                int count = Math.min(left, Math.min(length, 10_000));
                for (int i = 0; i < count; i++) target[offset + i] = (byte) ('a' + (size - left + i) % 26);
                left -= count;
                read.addAndGet(count);
                return count;
            }
        };
    }

    private static long chunks(InputStream in) throws Exception {
        long total = 0;
        while (true) {
            var size = new StringBuilder();
            for (int c = in.read(); c != '\n'; c = in.read()) size.append((char) c);
            int length = Integer.parseInt(size.toString().strip(), 16);
            var chunk = in.readNBytes(length + 2);
            for (int i = 0; i < length; i++) {
                if (chunk[i] != (byte) ('a' + (total + i) % 26)) throw new AssertionError("Byte " + (total + i) + " is wrong.");
            }
            total += length;
            if (length == 0) return total;
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void aStreamIsSentInChunksHoweverLargeItIs(boolean fallback) throws Exception {
        int size = 20_000_000;
        try (var server = new ScriptedServer(talk -> {
            for (var head = talk.head(); !head.isEmpty(); head = talk.head()) {
                assertThat(head).contains("Transfer-Encoding: chunked").contains("Content-Type: text/plain");
                talk.ok(String.valueOf(chunks(talk.in)));
            }
        })) {
            OneUser.run(OneUser.Plain.class, server.url(), _ -> {}, (OneUser.Body<OneUser.Plain>) user -> {
                assertThat(user.client.post("/", body("text/plain", endless(size, new AtomicLong()))).text()).isEqualTo("" + size);
                assertThat(user.client.post("/", body("text/plain", endless(0, new AtomicLong()))).text()).isEqualTo("0");
            }, fallback);
            assertThat(server.problems).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test void anAnswerBeforeTheEndOfAStreamEndsTheStream() throws Exception {
        var read = new AtomicLong();
        try (var server = new ScriptedServer(talk -> {
            talk.head();
            talk.body(100);
            talk.say("HTTP/1.1 413 Content Too Large\r\nContent-Length: 3\r\n\r\nbig");
            if (talk.number == 0) talk.untilClosed();
        })) {
            OneUser.plain(server.url(), user -> {
                var response = user.client.post("/", body("text/plain", endless(1_000_000_000, read)));
                assertThat(response.statusCode()).isEqualTo(413);
                assertThat(response.text()).isEqualTo("big");
            });
            assertThat(read.get()).isLessThan(500_000_000);
        }
    }

    @Test void aStreamThatCannotBeReadFailsTheRequest() throws Exception {
        try (var server = new ScriptedServer(ScriptedServer.Talk::untilClosed)) {
            var environment = OneUser.plain(server.url(), user -> {
                var response = user.client.post("/", body("text/plain", new InputStream() {
                    @Override public int read() throws java.io.IOException {
                        throw new java.io.IOException("the file has gone");
                    }
                }));
                assertThat(response.statusCode()).isZero();
            });
            assertThat(errors(environment)).containsExactly("IOException: the file has gone");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void aSlowReaderOfAStreamSlowsTheServerAndMeetsNoTimeOut(boolean fallback) throws Exception {
        int size = 64_000_000;
        var written = new AtomicLong();
        try (var server = new ScriptedServer(talk -> {
            for (var head = talk.head(); !head.isEmpty(); head = talk.head()) {
                if (head.startsWith("GET /small")) {
                    talk.ok("small");
                    continue;
                }
                talk.say("HTTP/1.1 200 OK\r\nContent-Length: " + size + "\r\n\r\n");
                var piece = new byte[32_000];
                for (int i = 0; i < size / piece.length; i++) {
                    talk.out.write(piece);
                    written.addAndGet(piece.length);
                }
            }
        })) {
            var environment = OneUser.run(OneUser.Plain.class, server.url(), _ -> {}, (OneUser.Body<OneUser.Plain>) user -> {
                try (var response = user.client.get("/large", stream(), timeout(0.3))) {
                    // Longer than the time-out: it is the reader who is slow.
                    user.sleep(0.8);
                    assertThat(written.get()).isLessThan(size / 2);
                    assertThat(response.iterContent(20_000).mapToLong(piece -> piece.length).sum()).isEqualTo(size);
                }
                assertThat(user.client.get("/small").text()).isEqualTo("small");
            }, fallback);
            assertThat(environment.stats().total().numFailures()).isZero();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true}) void aConnectionReadsOnAfterAStreamOfManyPiecesThatNobodyRead(boolean fallback)
        throws Exception {
        try (var server = new ScriptedServer(talk -> {
            for (var head = talk.head(); !head.isEmpty(); head = talk.head())
                talk.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + "1\r\nx\r\n".repeat(200) + "0\r\n\r\n");
        })) {
            OneUser.run(OneUser.Plain.class, server.url(), http -> http.networkTimeout(5), (OneUser.Body<OneUser.Plain>) user -> {
                for (int i = 0; i < 20; i++) {
                    user.client.get("/", stream()).close();
                    assertThat(user.client.get("/").content()).hasSize(200);
                    try (var response = user.client.get("/", stream())) {
                        assertThat(response.text()).hasSize(200);
                    }
                }
            }, fallback);
            assertThat(server.problems).isEmpty();
        }
    }

    @Test void aStreamClosedEarlyClosesItsConnection() throws Exception {
        var closed = new CompletableFuture<Boolean>();
        try (var server = new ScriptedServer(talk -> {
            talk.head();
            if (talk.number > 0) {
                talk.ok("next");
                return;
            }
            talk.say("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nbeginning");
            talk.untilClosed();
            closed.complete(true);
        })) {
            OneUser.plain(server.url(), user -> {
                try (var response = user.client.get("/", stream())) {
                    assertThat(new String(response.iterContent(9).findFirst().orElseThrow())).isEqualTo("beginning");
                }
                assertThat(user.client.get("/").text()).isEqualTo("next");
            });
            assertThat(closed.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test void aStreamThatBreaksSaysWhyToItsReader() throws Exception {
        var returned = new CountDownLatch(1);
        try (var server = new ScriptedServer(talk -> {
            talk.head();
            talk.say("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            returned.await();
            talk.say("no size");
            talk.untilClosed();
        })) {
            OneUser.plain(server.url(), user -> {
                var response = user.client.get("/", stream());
                returned.countDown();
                assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> response.iterContent(100).toList()))
                    .isInstanceOf(java.io.UncheckedIOException.class).hasMessageContaining("\"no size\" is not the size of a chunk.");
                response.close();
            });
        }
    }
}
