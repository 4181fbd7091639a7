package io.katydid.api;

/**
 * Fails the request whose check throws it; the message is the failure's text.
 */
public class ResponseError extends KatydidException {

    /** Makes one with the text that groups the failures. */
    public ResponseError(String message) {
        super(message, false);
    }
}
