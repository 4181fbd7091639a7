package io.katydid.testkit;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Is a clock that goes only when it is told to. Load shapes read it through {@link ShapeWalk}.
 *
 * <pre>{@code
 * var clock = new TestClock();
 * clock.advance(Duration.ofMinutes(5));
 * }</pre>
 *
 * <p>Any thread.
 */
public final class TestClock implements InstantSource {
    private final Instant start;
    private final AtomicLong passed = new AtomicLong();

    /** Makes a clock that shows 2026-01-01T00:00:00Z. */
    public TestClock() {
        this(Instant.parse("2026-01-01T00:00:00Z"));
    }

    /** Makes a clock that shows a moment. */
    public TestClock(Instant start) {
        this.start = start;
    }

    /** Gives nanoseconds since the clock was made; takes the place of {@link System#nanoTime}. */
    public long nanoTime() {
        return passed.get();
    }

    /** Gives the moment it shows. */
    @Override public Instant instant() { return start.plusNanos(passed.get()); }

    /** Lets time pass; an {@link IllegalArgumentException} for a negative one. */
    public void advance(Duration time) {
        if (time.isNegative()) {
            throw new IllegalArgumentException("The clock cannot go back by " + time.negated() + ". Make a new one.");
        }
        passed.addAndGet(time.toNanos());
    }

    /** Lets time pass until the clock shows a moment; an {@link IllegalArgumentException} for one that is over. */
    public void set(Instant moment) {
        advance(Duration.between(instant(), moment));
    }
}
