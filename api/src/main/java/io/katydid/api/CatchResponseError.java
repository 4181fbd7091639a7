package io.katydid.api;

/**
 * Carries the text that a check gave to {@code failure("…")}; failures show the
 * text alone.
 */
public final class CatchResponseError extends KatydidException {

    /** Makes one with the text that groups the failures. */
    public CatchResponseError(String message) {
        super(message, false);
    }
}
