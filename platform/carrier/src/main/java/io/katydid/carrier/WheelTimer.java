package io.katydid.carrier;

import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Is a task in a {@link TimerWheel}, a link of its slot's list. It is also the future the JDK asks for when it schedules a wake-up. */
final class WheelTimer implements CarrierTimer, ScheduledFuture<Object> {
    private final Loop loop;
    private final Runnable task;
    final long deadlineNanos;
    long tick;
    int slot = -1;
    @Nullable WheelTimer previous;
    @Nullable WheelTimer next;
    private volatile boolean done;

    WheelTimer(Loop loop, long deadlineNanos, Runnable task) {
        this.loop = loop;
        this.deadlineNanos = deadlineNanos;
        this.task = task;
    }

    void expire() {
        if (done) return;
        done = true;
        try {
            task.run();
        } catch (Throwable problem) {
            // A task of a timer failed; the loop and everyone on it goes on.
            Carriers.LOG.error("A timer's task on a carrier loop failed", problem);
        }
    }

    @Override public void cancel() {
        cancel(false);
    }

    @Override public boolean cancel(boolean mayInterrupt) {
        if (done) return false;
        done = true;
        if (loop.isCurrent()) {
            loop.timers().remove(this);
        } else {
            loop.execute(() -> loop.timers().remove(this));
        }
        return true;
    }

    @Override public boolean isCancelled() { return done; }

    @Override public boolean isDone() { return done; }

    @Override public Object get() {
        throw new UnsupportedOperationException("A wake-up has no result to wait for.");
    }

    @Override public Object get(long timeout, TimeUnit unit) { return get(); }

    @Override public long getDelay(TimeUnit unit) { return unit.convert(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS); }

    @Override public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
