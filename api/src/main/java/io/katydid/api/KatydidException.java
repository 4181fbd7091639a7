package io.katydid.api;

import org.jspecify.annotations.Nullable;

/**
 * Says that the platform was asked for something it cannot do; the message has
 * the value, the place and the remedy. The reference calls it
 * {@code LocustError}.
 */
public class KatydidException extends RuntimeException {

    /** Makes one with the text a tester will read. */
    public KatydidException(String message) {
        super(message);
    }

    /** Makes one with the text a tester will read and what caused it. */
    public KatydidException(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * Makes one without a stack trace, for errors that are values and happen per
     * request.
     */
    protected KatydidException(String message, boolean withStackTrace) {
        super(message, null, false, withStackTrace);
    }

    /** Makes one without a stack trace, with what caused it. */
    protected KatydidException(String message, @Nullable Throwable cause, boolean withStackTrace) {
        super(message, cause, false, withStackTrace);
    }
}
