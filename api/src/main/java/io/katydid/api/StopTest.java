package io.katydid.api;

/** Ends the whole test run from anywhere in a script; the reason is logged. */
public final class StopTest extends TaskSignal {

    /** Stops the test without a reason. */
    public StopTest() {
        this("the script asked for it");
    }

    /** Stops the test and logs why. */
    public StopTest(String reason) {
        super(reason);
    }

    /** Tells why the test was stopped. */
    public String reason() {
        return String.valueOf(getMessage());
    }
}
