package io.katydid.launcher;

import io.katydid.api.KatydidException;

/** Ends the start with one message and an exit code. */
final class Refusal extends KatydidException {
    private static final long serialVersionUID = 1;
    private final ExitCode code;

    Refusal(ExitCode code, String message) {
        super(message);
        this.code = code;
    }

    static Refusal usage(String message) { return new Refusal(ExitCode.USAGE, message); }

    ExitCode code() { return code; }
}
