package io.katydid.http;

import static io.katydid.http.Arrival.latin;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class Http1RequestEncoderTest {
    private final Http1RequestEncoder encoder = new Http1RequestEncoder();

    private String written() {
        return new String(encoder.toBytes(), StandardCharsets.ISO_8859_1);
    }

    @Test void aRequestWithoutABodyIsItsHead() {
        encoder.begin("GET", Url.parse("http://host:81/a b?c")).lines(latin("A: b\r\n")).header("C", "d").end();
        assertThat(written()).isEqualTo("GET /a%20b?c HTTP/1.1\r\nHost: host:81\r\nA: b\r\nC: d\r\n\r\n");
    }

    @Test void aBodyHasItsTypeAndLength() {
        encoder.begin("POST", Url.parse("http://host")).end("text/plain", latin("hello"));
        assertThat(written()).isEqualTo("POST / HTTP/1.1\r\nHost: host\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
        encoder.begin("PUT", Url.parse("http://host")).end("", new byte[0]);
        assertThat(written()).isEqualTo("PUT / HTTP/1.1\r\nHost: host\r\nContent-Length: 0\r\n\r\n");
    }

    @Test void aProxyGetsTheWholeAddress() {
        var url = Url.parse("http://host/x?y");
        encoder.begin("GET", url.origin() + url.target()).lines(url.hostLine()).end();
        assertThat(written()).isEqualTo("GET http://host/x?y HTTP/1.1\r\nHost: host\r\n\r\n");
    }

    @Test void largeLengthsAreWrittenInFull() {
        encoder.begin("PUT", "/").endHead("", Long.MAX_VALUE);
        assertThat(written()).isEqualTo("PUT / HTTP/1.1\r\nContent-Length: 9223372036854775807\r\n\r\n");
    }

    @Test void aBodyOfUnknownLengthIsWrittenInChunks() {
        encoder.begin("POST", "/").endChunked("a/b");
        assertThat(written()).isEqualTo("POST / HTTP/1.1\r\nContent-Type: a/b\r\nTransfer-Encoding: chunked\r\n\r\n");
        assertThat(new String(encoder.chunk(latin("xhellox"), 1, 6).toBytes())).isEqualTo("5\r\nhello\r\n");
        assertThat(encoder.chunk(new byte[20_000], 0, 20_000).length()).isEqualTo(20_000 + "4e20\r\n\r\n".length());
        assertThat(encoder.chunk(new byte[0], 0, 0).length()).as("an empty chunk would end the body").isZero();
        assertThat(new String(encoder.lastChunk().toBytes())).isEqualTo("0\r\n\r\n");
    }

    @Test void valuesBeyondLatin1AreUtf8() {
        encoder.begin("GET", "/").header("Latin", "caf\u00e9").header("More", "\u20ac \ud83e\udd97").end();
        assertThat(encoder.toBytes()).isEqualTo(concat(latin("GET / HTTP/1.1\r\nLatin: caf\u00e9\r\nMore: "),
            "\u20ac \ud83e\udd97\r\n\r\n".getBytes(StandardCharsets.UTF_8)));
    }

    @Test void aLargeRequestLeavesNoLargeBufferBehind() {
        encoder.begin("POST", "/").end("", new byte[1 << 20]);
        assertThat(encoder.length()).isGreaterThan(1 << 20);
        encoder.begin("GET", "/").end();
        assertThat(encoder.buffer().length).isLessThan(1_000);
        assertThat(written()).isEqualTo("GET / HTTP/1.1\r\n\r\n");
    }

    private static byte[] concat(byte[] a, byte[] b) {
        var all = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    @Provide Arbitrary<List<List<String>>> headers() {
        var names = Arbitraries.strings().withCharRange('a', 'z').withChars("-_").ofMinLength(1).ofMaxLength(30);
        var values = Arbitraries.strings().withCharRange(' ', '~').withCharRange('\u00a1', '\u00ff').ofMaxLength(300).map(String::strip);
        return names.flatMap(name -> values.map(value -> List.of("X-" + name, value))).list().ofMaxSize(20);
    }

    @Property(tries = 500) void aServerReadsWhatWasMeant(@ForAll("headers") List<List<String>> headers, @ForAll byte[] body) {
        var all = new HttpHeaders();
        headers.forEach(pair -> all.add(pair.get(0), pair.get(1)));
        encoder.begin("POST", Url.parse("http://host/x")).lines(all.lines()).headers(all).end("a/b", body);
        var sent = written();
        int head = sent.indexOf("\r\n\r\n");
        var lines = List.of(sent.substring(0, head).split("\r\n"));
        assertThat(lines.subList(0, 2)).containsExactly("POST /x HTTP/1.1", "Host: host");
        var read = new ArrayList<List<String>>();
        for (var line : lines.subList(2, lines.size()))
            read.add(List.of(line.substring(0, line.indexOf(": ")), line.substring(line.indexOf(": ") + 2)));
        var expected = new ArrayList<>(headers);
        expected.addAll(headers);
        expected.add(List.of("Content-Type", "a/b"));
        expected.add(List.of("Content-Length", String.valueOf(body.length)));
        assertThat(read).isEqualTo(expected);
        assertThat(latin(sent.substring(head + 4))).isEqualTo(body);
    }
}
