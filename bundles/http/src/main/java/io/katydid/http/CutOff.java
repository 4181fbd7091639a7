package io.katydid.http;

import java.io.IOException;

/** Says that the end of the drain cut a request off: it is neither a request nor a failure. */
final class CutOff extends IOException {

    CutOff() {
        super("cut off by the end of the test");
    }

    @Override public synchronized Throwable fillInStackTrace() { return this; }
}
