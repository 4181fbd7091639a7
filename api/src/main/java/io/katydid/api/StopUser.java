package io.katydid.api;

/**
 * Ends this user for good: {@code onStop} of its task sets and its own run, and
 * it is not replaced.
 */
public final class StopUser extends TaskSignal {

    /** Makes the signal; throw it. */
    public StopUser() {
        super("the user was stopped");
    }
}
