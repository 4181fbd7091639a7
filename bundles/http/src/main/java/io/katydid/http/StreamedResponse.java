package io.katydid.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Is a response whose body is read as it arrives. Close it, or read it to its end. */
final class StreamedResponse implements Response {
    private final ReceivedResponse head;
    private final StreamedBody body;
    private @Nullable ReceivedResponse whole;
    private final Url url;
    private final String name;
    private final long elapsedNanos;

    StreamedResponse(int status, String reason, HttpHeaders headers, Url url, String name, long elapsedNanos, List<Response> history,
        StreamedBody body) {
        this.head = ReceivedResponse.of(status, reason, headers, new byte[0], url, name, elapsedNanos, history);
        this.body = body;
        this.url = url;
        this.name = name;
        this.elapsedNanos = elapsedNanos;
    }

    StreamedBody body() { return body; }

    void verdict(boolean success) {
        head.verdict(success);
    }

    /** Gives the announced length; 0 when there is none, as the reference counts a stream. */
    long announcedLength() {
        return headers().get("Content-Length").filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong).orElse(0L);
    }

    private ReceivedResponse whole() {
        if (whole == null) {
            try (var stream = body) {
                whole = ReceivedResponse.of(statusCode(), reason(), headers(), stream.readAllBytes(), url, name, elapsedNanos, history());
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
        return whole;
    }

    private InputStream decoded() {
        try {
            return ContentDecoding.stream(body, headers().getAll("Content-Encoding"));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override public int statusCode() { return head.statusCode(); }

    @Override public boolean ok() { return head.ok(); }

    @Override public String reason() { return head.reason(); }

    @Override public String text() { return whole().text(); }

    @Override public Json json() { return whole().json(); }

    @Override public byte[] content() { return whole().content(); }

    @Override public HttpHeaders headers() { return head.headers(); }

    @Override public Cookies cookies() { return head.cookies(); }

    @Override public String url() { return head.url(); }

    @Override public Duration elapsed() { return head.elapsed(); }

    @Override public List<Response> history() { return head.history(); }

    @Override public String encoding() { return head.encoding(); }

    @Override public Optional<Throwable> error() { return Optional.empty(); }

    @Override public Stream<byte[]> iterContent(int chunkSize) {
        var stream = decoded();
        return stream(new Pieces(stream, chunkSize));
    }

    @Override public Stream<String> iterLines() {
        var reader = new BufferedReader(
            new InputStreamReader(decoded(), TextDecoding.charset(headers().first("Content-Type"), new byte[0])));
        return reader.lines().onClose(this::close);
    }

    private Stream<byte[]> stream(Iterator<byte[]> pieces) {
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pieces, Spliterator.ORDERED), false).onClose(this::close);
    }

    private record Pieces(InputStream stream, int chunkSize, Next ahead) implements Iterator<byte[]> {
        private static final class Next {
            private byte @Nullable [] piece;
        }

        Pieces(InputStream stream, int chunkSize) {
            this(stream, chunkSize, new Next());
        }

        @Override public boolean hasNext() {
            try {
                if (ahead.piece == null) ahead.piece = stream.readNBytes(chunkSize);
                return ahead.piece.length > 0;
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }

        @Override public byte[] next() {
            var piece = ahead.piece;
            if (!hasNext() || (piece == null && ahead.piece == null)) throw new NoSuchElementException();
            piece = ahead.piece;
            ahead.piece = null;
            return piece == null ? new byte[0] : piece;
        }
    }

    @Override public void raiseForStatus() {
        head.raiseForStatus();
    }

    @Override public void close() {
        body.close();
    }
}
