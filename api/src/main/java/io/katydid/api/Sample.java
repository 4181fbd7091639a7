package io.katydid.api;

/**
 * Is one request being measured by hand, for protocols whose request and reply
 * are two calls.
 *
 * <pre>{@code
 * var quote = environment().events().request().start("WS", "quote");
 * client.send("{\"subscribe\": \"EURUSD\"}");
 * quote.success(client.recv(5).length());
 * }</pre>
 *
 * <p>
 * It is recorded once, by {@code success} or {@code failure}; a second verdict
 * is ignored. Any thread, one at a time.
 */
public interface Sample {

    /** Names it differently from how it was started. */
    Sample name(String name);

    /** Adds to the context that listeners see. */
    Sample context(String key, Object value);

    /** Attaches what was received, for listeners. */
    Sample response(Object response);

    /** Sets the length of what was received, in bytes; 0 when never set. */
    Sample responseLength(long bytes);

    /** Stops the clock and records a success. */
    void success();

    /** Sets the length in bytes, stops the clock and records a success. */
    default void success(long responseLength) {
        responseLength(responseLength).success();
    }

    /**
     * Stops the clock and records a failure; equal texts are one row of the failure
     * table.
     */
    void failure(String why);

    /** Stops the clock and records a failure under the text of the exception. */
    void failure(Throwable why);
}
