package io.katydid.host;

import io.katydid.api.KatydidException;

/** Says that a script cannot be used: the message is printed as it is and the exit code is 1. */
public final class ScriptException extends KatydidException {

    /** Makes one with the text a tester will read. */
    public ScriptException(String message) {
        super(message);
    }

    /** Makes one with the text a tester will read and what caused it. */
    public ScriptException(String message, Throwable cause) {
        super(message, cause);
    }
}
