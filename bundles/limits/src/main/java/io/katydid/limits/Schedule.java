package io.katydid.limits;

import io.katydid.api.Environment;
import io.katydid.api.State;
import io.katydid.api.WaitTime;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives out the moments at which tasks of all users start, one after the other. What was missed because no user was free is not caught up. Any thread; no lock, for users share a
 * loop.
 */
final class Schedule {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.limits");
    private static final String NAME = "io.katydid.limits.schedule";
    private final LongSupplier nanoTime;
    private final BooleanSupplier rampedUp;
    private final AtomicLong last;
    private final AtomicBoolean warned = new AtomicBoolean();
    private volatile boolean missed;

    Schedule(LongSupplier nanoTime, BooleanSupplier rampedUp) {
        this.nanoTime = nanoTime;
        this.rampedUp = rampedUp;
        last = new AtomicLong(nanoTime.getAsLong() - TimeUnit.DAYS.toNanos(1));
    }

    /** Gives the one schedule of an environment. */
    static Schedule of(Environment environment) {
        return environment.shared(NAME, Schedule.class,
            () -> new Schedule(System::nanoTime, () -> environment.runner().state() == State.RUNNING));
    }

    /** Gives a wait time that ends so many seconds after whatever was given out last. */
    WaitTime every(double seconds) {
        long step = Math.round(seconds * 1e9);
        return () -> next(step);
    }

    private double next(long step) {
        long now = nanoTime.getAsLong();
        long due = last.getAndUpdate(before -> Math.max(before + step, now)) + step;
        if (due >= now) {
            missed = false;
            return (due - now) / 1e9;
        }
        if (missed && rampedUp.getAsBoolean() && warned.compareAndSet(false, true)) {
            LOG.warn("Failed to reach the target of {} iterations per second, even after the ramp-up has finished. "
                + "Probably the target system is overloaded, or there are too few users.",
                String.format(java.util.Locale.ROOT, "%.1f", 1e9 / step));
        }
        missed = true;
        return 0;
    }

    boolean hasWarned() { return warned.get(); }
}
