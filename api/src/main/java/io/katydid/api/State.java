package io.katydid.api;

import java.util.Locale;

/** Is the state of a runner; {@link #word()} is the reference's spelling. */
public enum State {
    /** Nothing runs yet; a worker also between tests. */
    READY,
    /** Users are being started or stopped towards the target. */
    SPAWNING,
    /** The target number of users was reached. */
    RUNNING,
    /** Users are being stopped, on the process that runs them. */
    CLEANUP,
    /** A master waits for its workers to stop. */
    STOPPING,
    /** The test has ended; a new one may start. */
    STOPPED,
    /** A worker has not been heard of. */
    MISSING;

    /** Gives the reference's word, in lower case. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
