package io.katydid.http;

import static io.katydid.http.Arrival.latin;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Throws bytes at the decoder that nobody thought of. Whatever they are: it ends, it throws nothing but its own exception with a text, it says the same
 * however they arrive, and it neither loses nor invents bytes.
 */
class Http1ResponseDecoderFuzzTest {
    private static final long SEED = 42;
    private static final List<String> WORDS = List.of("HTTP/1.1 200 OK\r\n", "HTTP/1.1 ", "HTTP/1.0 404 No\r\n", "HTTP/1.1 100 C\r\n\r\n",
        "HTTP/1.1 204\r\n\r\n", "Content-Length", "Content-Length: 5\r\n", "Content-Length: 3,3\r\n", ":", " ", "\t", "\r\n", "\r\n\r\n",
        "\n", "\r",
        "Transfer-Encoding: chunked\r\n", "Connection: close\r\n", "Set-Cookie: a=b\r\n", "X: y\r\n", " folded\r\n", "hello",
        "5\r\nhello\r\n",
        "0\r\n", "0\r\n\r\n", "ffffffff\r\n", "7fffffffffffffff\r\n", ";ext", "-1", "\0", "\u00ff", "abc", "3", "1", "200 ");
    private static final List<String> GOOD = List.of("HTTP/1.1 200 OK\r\nContent-Type: a/b\r\nContent-Length: 11\r\n\r\nhello world",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x=y\r\nhello\r\n6\r\n world\r\n0\r\nT: r\r\n\r\n",
        "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 201 Created\r\nX: one\r\n two\r\nContent-Length: 0\r\n\r\n",
        "HTTP/1.0 200 OK\r\nConnection: close\r\n\r\nuntil the end");

    @Test void anyBytes() {
        var random = new Random(SEED);
        for (int i = 0; i < 30_000; i++) {
            var bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            check(bytes, random);
        }
    }

    @Test void anyBytesBehindAHead() {
        var random = new Random(SEED);
        var head = latin("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
        for (int i = 0; i < 20_000; i++) {
            var bytes = java.util.Arrays.copyOf(head, head.length + random.nextInt(40));
            for (int at = head.length; at < bytes.length; at++)
                bytes[at] = (byte) "0123abcF;\r\n\r\n x-\u00ff".charAt(random.nextInt(17));
            check(bytes, random);
        }
    }

    @Test void anyWordsOfTheProtocol() {
        var random = new Random(SEED);
        for (int i = 0; i < 30_000; i++) {
            var text = new StringBuilder(random.nextInt(3) > 0 ? WORDS.getFirst() : "");
            for (int word = random.nextInt(10); word > 0; word--)
                text.append(WORDS.get(random.nextInt(WORDS.size())));
            check(latin(text.toString()), random);
        }
    }

    @Test void goodResponsesWithAFewBytesChanged() {
        var random = new Random(SEED);
        for (int i = 0; i < 30_000; i++) {
            var text = new StringBuilder(GOOD.get(random.nextInt(GOOD.size())));
            for (int change = 1 + random.nextInt(3); change > 0; change--) {
                int at = random.nextInt(text.length());
                switch (random.nextInt(4)) {
                    case 0 -> text.setCharAt(at, (char) random.nextInt(256));
                    case 1 -> text.deleteCharAt(at);
                    case 2 -> text.insert(at, text.charAt(random.nextInt(text.length())));
                    default -> text.insert(at, WORDS.get(random.nextInt(WORDS.size())));
                }
            }
            check(latin(text.toString()), random);
        }
    }

    private static void check(byte[] bytes, Random random) {
        var method = random.nextInt(10) == 0 ? "HEAD" : "GET";
        var whole = Arrival.whole(method, bytes);
        if (whole.done()) {
            if (whole.status() < 200 && whole.status() != 101 || whole.status() > 999 || whole.unused() > bytes.length)
                throw wrong(bytes, whole, whole);
        } else {
            if (whole.failure().isEmpty() || !whole.failure().endsWith(".") && !whole.failure().endsWith("?")
                && !whole.failure().equals("Remote end closed connection without response")) throw wrong(bytes, whole, whole);
        }
        var other = random.nextBoolean() ? Arrival.bytewise(method, bytes) : Arrival.random(method, bytes, random);
        if (!whole.withoutExcerpt().equals(other.withoutExcerpt())) throw wrong(bytes, whole, other);
    }

    private static AssertionError wrong(byte[] bytes, Arrival whole, Arrival other) {
        return new AssertionError("Bytes: " + Excerpt.of(bytes, 0, bytes.length) + "\nwhole: " + whole + "\nother: " + other);
    }

    @Test void theFuzzMeetsBothResponsesAndFailures() {
        var random = new Random(SEED);
        int done = 0;
        for (int i = 0; i < 5_000; i++) {
            var text = new StringBuilder(GOOD.get(random.nextInt(GOOD.size())));
            text.setCharAt(random.nextInt(text.length()), (char) random.nextInt(256));
            if (Arrival.whole("GET", latin(text.toString())).done()) done++;
        }
        assertThat(done).isBetween(500, 4_500);
    }
}
