package io.katydid.kernel.stats;

import java.time.Instant;
import java.util.function.LongSupplier;

/** Tells the epoch by the monotonic clock and one look at the wall clock, so that a request costs no call of the latter. */
final class Clock {
    private final LongSupplier nanoTime;
    private final long offset;

    Clock() {
        this(System::nanoTime, Instant.now());
    }

    /** Makes a clock whose monotonic time is given, and which shows {@code now}. */
    Clock(LongSupplier nanoTime, Instant now) {
        this.nanoTime = nanoTime;
        offset = now.getEpochSecond() * 1_000_000_000L + now.getNano() - nanoTime.getAsLong();
    }

    long epochNanos() { return epochNanos(nanoTime.getAsLong()); }

    long epochNanos(long nanoTime) { return nanoTime + offset; }

    static Instant instant(long epochNanos) {
        return Instant.ofEpochSecond(Math.floorDiv(epochNanos, 1_000_000_000L), Math.floorMod(epochNanos, 1_000_000_000L));
    }
}
