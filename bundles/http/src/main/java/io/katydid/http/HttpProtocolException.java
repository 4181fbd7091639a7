package io.katydid.http;

import java.io.IOException;

/** Says what in a server's bytes is not HTTP, with the offending piece. */
final class HttpProtocolException extends IOException {

    HttpProtocolException(String message) {
        super(message);
    }

    /** Costs no stack walk: the text says all, and it may happen per request. */
    @Override public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
