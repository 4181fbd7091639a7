package io.katydid.http;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Times the bytes of one request and of its response. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(value = 1, jvmArgsAppend = {"-Xmx256m", "-XX:+UseSerialGC"})
public class CodecBenchmark {
    private final Url url = Url.parse("http://localhost:8080/catalogue/items?page=3");
    private final byte[] lines = latin(
        "User-Agent: Katydid\r\nAccept: */*\r\nAccept-Encoding: gzip, deflate\r\nCookie: session=0123456789abcdef\r\n");
    private final byte[] json = latin("{\"item\":\"%s\"}".formatted("x".repeat(1024)));
    private final byte[] plain = latin(head("Content-Length: 150\r\n") + "x".repeat(150));
    private final byte[] chunked = latin(
        head("Transfer-Encoding: chunked\r\n") + ("32\r\n" + "x".repeat(50) + "\r\n").repeat(3) + "0\r\n\r\n");
    private final byte[] large = latin(head("Content-Length: 150\r\n" + headers(36)) + "x".repeat(150));
    private final Http1RequestEncoder encoder = new Http1RequestEncoder();
    private final Http1ResponseDecoder decoder = new Http1ResponseDecoder();

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String head(String more) {
        return "HTTP/1.1 200 OK\r\nServer: nginx/1.22.1\r\nDate: Thu, 26 Nov 2026 00:00:00 GMT\r\nContent-Type: text/plain\r\n" + more
            + "\r\n";
    }

    private static String headers(int count) {
        var all = new StringBuilder();
        for (int i = 0; i < count; i++) all.append("X-Header-").append(i).append(": value of header ").append(i).append("\r\n");
        return all.toString();
    }

    /** Encodes a GET with its usual headers. */
    @Benchmark public int encodeGet() {
        encoder.begin("GET", url).lines(lines).end();
        return encoder.length();
    }

    /** Encodes a POST of 1 KB of JSON. */
    @Benchmark public int encodePost() {
        encoder.begin("POST", url).lines(lines).end("application/json", json);
        return encoder.length();
    }

    private HttpHeaders decode(byte[] bytes) throws HttpProtocolException {
        decoder.expect("GET");
        decoder.feed(bytes, 0, bytes.length);
        if (!decoder.done() || decoder.body().length != 150) throw new IllegalStateException("The response is not complete.");
        return decoder.headers();
    }

    /** Decodes 150 bytes with their length. */
    @Benchmark public HttpHeaders decodePlain() throws HttpProtocolException {
        return decode(plain);
    }

    /** Decodes 150 bytes in three chunks. */
    @Benchmark public HttpHeaders decodeChunked() throws HttpProtocolException {
        return decode(chunked);
    }

    /** Decodes 150 bytes after 40 headers. */
    @Benchmark public HttpHeaders decodeManyHeaders() throws HttpProtocolException {
        return decode(large);
    }
}
