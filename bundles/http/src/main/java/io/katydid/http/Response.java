package io.katydid.http;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Shows what a server answered: a value whose head and body are its own copy.
 * After a transport error {@link #statusCode} is 0, {@link #ok} is false and
 * nothing else throws.
 */
public interface Response extends AutoCloseable {

    /** Returns the status, such as 200; 0 when the transport failed. */
    int statusCode();

    /** Tells whether the request was recorded as a success. */
    boolean ok();

    /** Returns the words behind the status, such as {@code Not Found}. */
    String reason();

    /** Returns the body as text, by the charset of {@link #encoding}. */
    String text();

    /**
     * Returns the body as JSON. Throws {@link JsonException} when it is none; the
     * text has the body's first 200 characters.
     */
    Json json();

    /**
     * Returns the body without its transfer and content encodings. The array
     * belongs to the response: do not change it. A compressed body that unpacks to
     * more than 64 MiB fails the request; {@code stream()} has no limit.
     */
    byte[] content();

    /** Returns the headers; they cannot be changed. */
    HttpHeaders headers();

    /** Returns the cookies that this response set. */
    Cookies cookies();

    /** Returns the address that answered, after redirects. */
    String url();

    /** Returns the time from sending to the response's end. */
    Duration elapsed();

    /** Returns the redirects that led here, the first one first. */
    List<Response> history();

    /** Returns the charset of {@link #text}, such as {@code utf-8}. */
    String encoding();

    /** Returns why the transport failed. */
    Optional<Throwable> error();

    /**
     * Returns the body in pieces of at most the given number of bytes; a
     * {@code stream()} response reads them as they arrive, which may be smaller.
     */
    Stream<byte[]> iterContent(int chunkSize);

    /** Returns the body's lines without their ends. */
    Stream<String> iterLines();

    /**
     * Throws {@link HTTPError} when the status is 400 or above, and the transport's
     * error when there is one.
     */
    void raiseForStatus();

    /**
     * Gives the connection back; only {@code stream()} responses hold one. A body
     * that was not read to its end closes it. What a task leaves open is closed
     * when the task ends, with a warning.
     */
    @Override void close();
}
