package io.katydid.http;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Is what a decoder made of bytes that arrived in pieces: a response, a failure, or neither yet.
 *
 * @param status the status, 0 without a whole head
 * @param reason the words behind it
 * @param headers names and values in turn
 * @param body the body as Latin-1
 * @param keepAlive whether the connection may be used again
 * @param unused how many bytes nobody asked for
 * @param done whether the response is complete
 * @param failure what is wrong; "" for nothing
 */
record Arrival(int status, String reason, List<String> headers, String body, boolean keepAlive, int unused, boolean done, String failure) {

    static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** Feeds everything as one piece, then says that the server closed. */
    static Arrival whole(String method, byte[] bytes) {
        return pieces(method, bytes, List.of(bytes.length));
    }

    /** Feeds byte by byte, then says that the server closed. */
    static Arrival bytewise(String method, byte[] bytes) {
        var ends = new ArrayList<Integer>();
        for (int i = 1; i <= bytes.length; i++)
            ends.add(i);
        return pieces(method, bytes, ends);
    }

    /** Feeds in random pieces, then says that the server closed. */
    static Arrival random(String method, byte[] bytes, RandomGenerator random) {
        var ends = new ArrayList<Integer>();
        for (int at = 0; at < bytes.length;) {
            at = Math.min(bytes.length, at + 1 + random.nextInt(random.nextBoolean() ? 8 : 200));
            ends.add(at);
        }
        return pieces(method, bytes, ends);
    }

    /** Feeds the pieces between these ends, each out of a buffer with other bytes around it, then says that the server closed. */
    static Arrival pieces(String method, byte[] bytes, List<Integer> ends) {
        var decoder = new Http1ResponseDecoder();
        decoder.expect(method);
        int from = 0;
        try {
            for (int to : ends) {
                var buffer = new byte[to - from + 8];
                java.util.Arrays.fill(buffer, (byte) '\n');
                System.arraycopy(bytes, from, buffer, 3, to - from);
                int used = decoder.feed(buffer, 3, 3 + to - from);
                if (used < to - from) {
                    if (!decoder.done()) throw new AssertionError("Bytes were left although the response is not complete.");
                    return of(decoder, bytes.length - from - used, "");
                }
                from = to;
            }
            boolean complete = decoder.done();
            decoder.close();
            if (!decoder.done()) throw new AssertionError("A closed response is neither complete nor a failure.");
            return of(decoder, complete ? bytes.length - from : 0, "");
        } catch (HttpProtocolException problem) {
            return new Arrival(0, "", List.of(), "", false, 0, false, String.valueOf(problem.getMessage()));
        }
    }

    private static Arrival of(Http1ResponseDecoder decoder, int unused, String failure) {
        var pairs = new ArrayList<String>();
        decoder.headers().forEach((name, value) -> {
            pairs.add(name);
            pairs.add(value);
        });
        if (decoder.body().length != decoder.bodyLength())
            throw new AssertionError("The body has " + decoder.body().length + " bytes but " + decoder.bodyLength() + " were counted.");
        return new Arrival(decoder.status(), decoder.reason(), pairs, new String(decoder.body(), StandardCharsets.ISO_8859_1),
            decoder.keepAlive(), unused, decoder.done(), failure);
    }

    /** Gives this without the bytes that a failure shows, which depend on how much has arrived. */
    Arrival withoutExcerpt() {
        int quote = failure.indexOf('"');
        return quote < 0 ? this
            : new Arrival(status, reason, headers, body, keepAlive, unused, done, failure.substring(0, quote)
                + failure.substring(failure.lastIndexOf('"')));
    }
}
