package io.katydid.cluster.wire;

import java.time.Duration;
import java.util.List;

/** Counts the tries of the message that is next. */
final class Retries {
    private final List<Duration> pauses;
    private int tried;
    private long due;

    Retries(List<Duration> pauses) {
        this.pauses = pauses;
    }

    /** Sets the next try, or gives false when it was the last. */
    boolean next(long nowNanos) {
        if (tried == pauses.size()) return false;
        due = nowNanos + pauses.get(tried++).toNanos();
        return true;
    }

    boolean isWaiting() { return tried > 0; }

    /** Gives the nanoseconds to the next try; without one, for ever. */
    long left(long nowNanos) {
        return tried == 0 ? Long.MAX_VALUE : due - nowNanos;
    }

    /** Begins anew, with the next message. */
    void over() {
        tried = 0;
    }
}
