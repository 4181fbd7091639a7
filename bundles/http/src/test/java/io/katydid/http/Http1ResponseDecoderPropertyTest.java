package io.katydid.http;

import static io.katydid.http.Arrival.latin;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Writes any response that HTTP/1.1 allows and reads it back, however it arrives. */
class Http1ResponseDecoderPropertyTest {

    /** Is a response as a server means it, and the way it writes it. */
    record Sent(int status, String reason, List<String> headers, String body, Framing framing, int informational, long seed) {

        enum Framing {
            LENGTH, CHUNKS, CLOSE
        }

        String text() {
            var random = new Random(seed);
            var end = random.nextInt(10) == 0 ? "\n" : "\r\n";
            var text = new StringBuilder();
            for (int i = 0; i < informational; i++)
                text.append("HTTP/1.1 10").append(random.nextBoolean() ? 0 : 3).append(" Wait").append(end).append("X: y").append(end)
                    .append(end);
            text.append("HTTP/1.1 ").append(status).append(' ').append(reason).append(end);
            for (int i = 0; i < headers.size(); i += 2)
                text.append(headers.get(i)).append(':').append(blanks(random)).append(headers.get(i + 1)).append(blanks(random))
                    .append(end);
            switch (framing) {
                case LENGTH -> text.append("Content-Length: ").append(body.length()).append(end).append(end).append(body);
                case CHUNKS -> chunks(text.append("Transfer-Encoding: chunked").append(end).append(end), random);
                case CLOSE -> text.append(end).append(body);
            }
            return text.toString();
        }

        private static String blanks(Random random) {
            return " \t ".substring(0, random.nextInt(4));
        }

        private void chunks(StringBuilder text, Random random) {
            for (int at = 0; at < body.length();) {
                int size = Math.min(body.length() - at, 1 + random.nextInt(300));
                text.append("0".repeat(random.nextInt(3)))
                    .append(random.nextBoolean() ? Integer.toHexString(size) : Integer.toHexString(size).toUpperCase());
                text.append(random.nextBoolean() ? "" : ";ext=\"" + random.nextInt() + "\"").append("\r\n");
                text.append(body, at, at + size).append("\r\n");
                at += size;
            }
            text.append("0\r\n").append(random.nextBoolean() ? "" : "Trailer: x\r\nOther: y\r\n").append("\r\n");
        }
    }

    @Provide Arbitrary<Sent> sent() {
        var statuses = Arbitraries.integers().between(200, 599).filter(status -> status != 204 && status != 304);
        var reasons = Arbitraries.strings().withCharRange('!', '~').ofMinLength(1).ofMaxLength(12);
        var names = Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(20).map(name -> "X-" + name);
        var values = Arbitraries.strings().withCharRange('!', '~').withCharRange('\u00a1', '\u00ff').ofMaxLength(40);
        var headers = Combinators.combine(names, values).as(List::of).list().ofMaxSize(12)
            .map(pairs -> pairs.stream().flatMap(List::stream).toList());
        var bodies = Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(2_000);
        return Combinators
            .combine(statuses, reasons, headers, bodies, Arbitraries.of(Sent.Framing.class), Arbitraries.integers().between(0, 3),
                Arbitraries.longs())
            .as(Sent::new);
    }

    @Property(tries = 500) void whatIsSentIsReceivedHoweverItArrives(@ForAll("sent") Sent sent) {
        var bytes = latin(sent.text());
        var whole = Arrival.whole("GET", bytes);
        assertThat(whole.failure()).isEmpty();
        assertThat(whole.status()).isEqualTo(sent.status());
        assertThat(whole.reason()).isEqualTo(sent.reason());
        assertThat(whole.headers().subList(0, sent.headers().size())).isEqualTo(sent.headers());
        assertThat(whole.body()).isEqualTo(sent.body());
        assertThat(whole.keepAlive()).isEqualTo(sent.framing() != Sent.Framing.CLOSE);
        assertThat(whole.unused()).isZero();
        assertThat(Arrival.bytewise("GET", bytes)).isEqualTo(whole);
        var random = new Random(sent.seed());
        for (int i = 0; i < 5; i++)
            assertThat(Arrival.random("GET", bytes, random)).isEqualTo(whole);
    }

    @Property(tries = 300) void aResponseCutShortAnywhereIsAFailureOrEndsWithTheConnection(@ForAll("sent") Sent sent) {
        var text = sent.text();
        int cut = (int) Math.floorMod(sent.seed(), (long) text.length());
        var arrival = Arrival.whole("GET", latin(text.substring(0, cut)));
        int head = sent.framing() == Sent.Framing.CLOSE ? text.length() - sent.body().length() : text.length();
        boolean lengthDone = sent.framing() == Sent.Framing.LENGTH && sent.body().isEmpty() && cut == text.length();
        assertThat(arrival.done()).isEqualTo(cut >= head || lengthDone);
        if (!arrival.done())
            assertThat(arrival.failure()).matches("(?s)(The server|Remote end) closed (the )?connection.*");
    }

    @Property(tries = 300) void bytesBehindAResponseAreCounted(@ForAll("sent") Sent sent) {
        if (sent.framing() == Sent.Framing.CLOSE) return;
        var more = "HTTP/1.1 200 OK\r\n\r\n".substring(0, 1 + (int) Math.floorMod(sent.seed(), 19L));
        var bytes = latin(sent.text() + more);
        var random = new Random(sent.seed());
        assertThat(Arrival.whole("GET", bytes).unused()).isEqualTo(more.length());
        assertThat(Arrival.random("GET", bytes, random).unused()).isEqualTo(more.length());
    }

    @Property(tries = 500) void aLineFeedIsFoundWhereItIs(@ForAll byte[] bytes, @ForAll Random random) {
        for (int i = 0; i < bytes.length / 8; i++)
            bytes[random.nextInt(bytes.length)] = '\n';
        int from = random.nextInt(bytes.length + 1);
        int to = from + random.nextInt(bytes.length - from + 1);
        int expected = from;
        while (expected < to && bytes[expected] != '\n')
            expected++;
        assertThat(LineScan.lineFeed(bytes, from, to)).isEqualTo(expected);
    }

    @Property(tries = 300) void headLinesAreThoseOfTheHead(@ForAll("sent") Sent sent) {
        var lines = new ArrayList<String>();
        HeadLines.parse(latin("HTTP/1.1 200 OK\r\n" + String.join("", pairs(sent.headers())) + "\r\n"), lines);
        assertThat(lines).isEqualTo(sent.headers());
    }

    private static List<String> pairs(List<String> headers) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < headers.size(); i += 2)
            lines.add(headers.get(i) + ": " + headers.get(i + 1) + "\r\n");
        return lines;
    }
}
