package io.katydid.kernel.stats;

import java.time.Instant;

/** Tells the epoch by the monotonic clock and one look at the wall clock, so that a request costs no call of the latter. */
final class Clock {
    private final long offset;

    Clock() {
        var now = Instant.now();
        offset = now.getEpochSecond() * 1_000_000_000L + now.getNano() - System.nanoTime();
    }

    long epochNanos() { return System.nanoTime() + offset; }

    long epochNanos(long nanoTime) { return nanoTime + offset; }

    static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
    }
}
