package io.katydid.http;

import io.katydid.api.KatydidException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/** Is a response whose body is read as it arrives. Close it, or read it to its end. */
final class StreamedResponse implements ServerResponse {
    private static final int LARGEST_PIECE = 64 * 1024;
    private final ReceivedResponse head;
    private final StreamedBody body;
    private @Nullable ReceivedResponse whole;
    private @Nullable InputStream decoded;

    StreamedResponse(ReceivedResponse head, StreamedBody body) {
        this.head = head;
        this.body = body;
    }

    StreamedBody body() { return body; }

    @Override public void verdict(boolean success) {
        head.verdict(success);
    }

    @Override public boolean setsCookies() { return head.setsCookies(); }

    @Override public long endNanos() { return head.endNanos(); }

    /** Gives the announced length; 0 when there is none, as the reference counts a stream. */
    long announcedLength() {
        return headers().get("Content-Length").filter(text -> text.matches("\\d{1,18}")).map(Long::parseLong).orElse(0L);
    }

    private ReceivedResponse whole() {
        if (whole == null) {
            try (var stream = body) {
                whole = head.with(stream.readAllBytes());
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
        return whole;
    }

    /** Gives the body without its encodings, from where the last reader left it. */
    private InputStream decoded() {
        if (decoded == null) {
            try {
                decoded = ContentDecoding.stream(body, headers().getAll("Content-Encoding"));
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        }
        return decoded;
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
        if (chunkSize < 1)
            throw new KatydidException("iterContent(" + chunkSize + ") needs pieces of at least 1 byte.");
        var stream = decoded();
        var pieces = new Spliterators.AbstractSpliterator<byte[]>(Long.MAX_VALUE, Spliterator.ORDERED | Spliterator.NONNULL) {
            @Override public boolean tryAdvance(Consumer<? super byte[]> action) {
                var piece = piece(stream, Math.min(chunkSize, LARGEST_PIECE));
                if (piece.length > 0) action.accept(piece);
                return piece.length > 0;
            }
        };
        return StreamSupport.stream(pieces, false).onClose(this::close);
    }

    /** Reads what is there, waiting only when that is nothing. */
    private static byte[] piece(InputStream stream, int size) {
        try {
            var piece = new byte[size];
            int count = stream.read(piece);
            return count == size ? piece : Arrays.copyOf(piece, Math.max(0, count));
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override public Stream<String> iterLines() {
        var charset = TextDecoding.charset(headers().first("Content-Type"), new byte[0]);
        return new BufferedReader(new InputStreamReader(decoded(), charset)).lines().onClose(this::close);
    }

    @Override public void raiseForStatus() {
        head.raiseForStatus();
    }

    @Override public void close() {
        body.close();
        try {
            if (decoded != null) decoded.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
