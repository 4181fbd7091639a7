package io.katydid.kernel.users;

import java.time.Instant;

/** Turns times of the monotonic clock into instants, by one look at the wall clock, so that an event tells the same instant for ever. */
final class Epoch {
    private static final Instant NOW = Instant.now();
    private static final long NANOS = System.nanoTime();

    private Epoch() {}

    static Instant at(long nanoTime) { return NOW.plusNanos(nanoTime - NANOS); }
}
