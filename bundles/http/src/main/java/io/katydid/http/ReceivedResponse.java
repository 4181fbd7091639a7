package io.katydid.http;

import io.katydid.api.KatydidException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Is a complete response, or what stands for one after a transport error; nothing is parsed before somebody asks. */
final class ReceivedResponse implements ServerResponse {
    private static final byte[] NONE = {};
    private static final HttpHeaders NO_HEADERS = HttpHeaders.ofPairs(List.of());

    private final int statusCode;
    private final String reason;
    private final HttpHeaders headers;
    private final byte[] received;
    private final boolean encoded;
    private final boolean setsCookies;
    private final @Nullable Url address;
    private final String url;
    private final String name;
    private final long startNanos;
    private final long endNanos;
    private final List<Response> history;
    private final @Nullable Throwable error;
    private boolean ok;
    private byte @Nullable [] content;
    private @Nullable Json json;
    private @Nullable Cookies cookies;

    private ReceivedResponse(int statusCode, String reason, HttpHeaders headers, byte[] received, boolean encoded, boolean setsCookies,
        @Nullable Url address, String url, String name, long startNanos, long endNanos, List<Response> history, @Nullable Throwable error) {
        this.statusCode = statusCode;
        this.reason = reason;
        this.headers = headers;
        this.received = received;
        this.encoded = encoded;
        this.setsCookies = setsCookies;
        this.address = address;
        this.url = url;
        this.name = name;
        this.startNanos = startNanos;
        this.endNanos = endNanos;
        this.history = history;
        this.error = error;
        this.ok = error == null && statusCode < 400;
    }

    /** Makes one of what a decoder has read: all of it, or the head of a stream. */
    static ReceivedResponse of(Http1ResponseDecoder decoder, Url url, String name, long startNanos, long endNanos, List<Response> history) {
        return new ReceivedResponse(decoder.status(), decoder.reason(), decoder.headers(), decoder.body(), decoder.encoded(),
            decoder.setsCookies(), url, url.text(), name, startNanos, endNanos, history, null);
    }

    /** Makes one of parts, e.g. those of HTTP/2; the body still has its content encodings. */
    static ReceivedResponse of(int statusCode, String reason, HttpHeaders headers, byte[] body, Url url, String name, long startNanos,
        long endNanos, List<Response> history) {
        return new ReceivedResponse(statusCode, reason, headers, body, headers.contains("Content-Encoding"), headers.contains("Set-Cookie"),
            url, url.text(), name, startNanos, endNanos, history, null);
    }

    /** Stands for the response that a transport error prevented. */
    static ReceivedResponse failed(Throwable error, String url, String name, long startNanos, long endNanos, List<Response> history) {
        return new ReceivedResponse(0, "", NO_HEADERS, NONE, false, false, null, url, name, startNanos, endNanos, history, error);
    }

    /** Makes the same response with a body that came later. */
    ReceivedResponse with(byte[] body) {
        return new ReceivedResponse(statusCode, reason, headers, body, encoded, setsCookies, address, url, name, startNanos, endNanos,
            history, error);
    }

    @Override public void verdict(boolean success) {
        ok = success;
    }

    @Override public boolean setsCookies() { return setsCookies; }

    @Override public long endNanos() { return endNanos; }

    @Override public int statusCode() {
        return statusCode;
    }

    @Override public boolean ok() {
        return ok;
    }

    @Override public String reason() {
        return reason.isEmpty() ? Reasons.of(statusCode) : reason;
    }

    @Override public String text() {
        return TextDecoding.text(content(), TextDecoding.charset(headers.first("Content-Type"), content()));
    }

    @Override public Json json() {
        var parsed = json;
        if (parsed == null) {
            parsed = Json.parse(content());
            json = parsed;
        }
        return parsed;
    }

    @Override public byte[] content() {
        var decoded = content;
        if (decoded == null) {
            try {
                decoded = decode();
            } catch (IOException problem) {
                throw new KatydidException(String.valueOf(problem.getMessage()), problem);
            }
        }
        return decoded;
    }

    /** Decodes the body, once. Throws when it is not what Content-Encoding says. */
    byte[] decode() throws IOException {
        var decoded = content;
        if (decoded == null) {
            decoded = encoded ? ContentDecoding.decode(received, headers.getAll("Content-Encoding")) : received;
            content = decoded;
        }
        return decoded;
    }

    /** Gives the length of the decoded body; 0 when it cannot be decoded. */
    long length() {
        var decoded = content;
        return decoded == null ? 0 : decoded.length;
    }

    @Override public HttpHeaders headers() {
        return headers;
    }

    @Override public Cookies cookies() {
        var set = cookies;
        if (set == null) {
            set = new Cookies();
            if (address != null)
                set.receive(headers, address, Instant::now);
            cookies = set;
        }
        return set;
    }

    @Override public String url() {
        return url;
    }

    @Override public Duration elapsed() {
        return Duration.ofNanos(endNanos - startNanos);
    }

    @Override public List<Response> history() {
        return history;
    }

    @Override public String encoding() {
        return TextDecoding.charset(headers.first("Content-Type"), content()).name().toLowerCase(Locale.ROOT);
    }

    @Override public Optional<Throwable> error() {
        return Optional.ofNullable(error);
    }

    @Override public Stream<byte[]> iterContent(int chunkSize) {
        if (chunkSize < 1)
            throw new KatydidException("iterContent(" + chunkSize + ") needs pieces of at least 1 byte.");
        var whole = content();
        return IntStream.iterate(0, at -> at < whole.length, at -> at + chunkSize)
            .mapToObj(at -> java.util.Arrays.copyOfRange(whole, at, Math.min(whole.length, at + chunkSize)));
    }

    @Override public Stream<String> iterLines() {
        return text().lines();
    }

    @Override public void raiseForStatus() {
        switch (error) {
            case null -> {
                if (statusCode >= 400)
                    throw new HTTPError(statusCode, reason(), name);
            }
            case RuntimeException problem -> throw problem;
            default -> throw new KatydidException(String.valueOf(error.getMessage()), error);
        }
    }

    @Override public void close() {
        // Nothing is held: the whole response is here.
    }

    @Override public String toString() {
        return "<Response [" + statusCode + "]>";
    }
}
