package io.katydid.carrier;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Delayed;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Is a task in a {@link TimerWheel}, a link of its slot's list. It is also the future the JDK asks for when it schedules a wake-up. */
final class WheelTimer implements CarrierTimer, ScheduledFuture<Object> {
    private static final int WAITING = 0;
    private static final int EXPIRED = 1;
    private static final int CANCELLED = 2;
    private static final VarHandle STATE;
    private final Loop loop;
    private final Runnable task;
    final long deadlineNanos;
    long tick;
    int slot = -1;
    @Nullable WheelTimer previous;
    @Nullable WheelTimer next;
    private volatile int state;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(WheelTimer.class, "state", int.class);
        } catch (ReflectiveOperationException impossible) {
            throw new ExceptionInInitializerError(impossible);
        }
    }

    WheelTimer(Loop loop, long deadlineNanos, Runnable task) {
        this.loop = loop;
        this.deadlineNanos = deadlineNanos;
        this.task = task;
    }

    /** Runs the task, unless it was cancelled: of the two, which may meet, one wins. */
    void expire() {
        if (!STATE.compareAndSet(this, WAITING, EXPIRED)) return;
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
        if (!STATE.compareAndSet(this, WAITING, CANCELLED)) return false;
        loop.forget(this);
        return true;
    }

    @Override public boolean isCancelled() { return state == CANCELLED; }

    @Override public boolean isDone() { return state != WAITING; }

    @Override public Object get() {
        throw new UnsupportedOperationException("A wake-up has no result to wait for.");
    }

    @Override public Object get(long timeout, TimeUnit unit) { return get(); }

    @Override public long getDelay(TimeUnit unit) { return unit.convert(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS); }

    @Override public int compareTo(Delayed other) {
        return Long.compare(getDelay(TimeUnit.NANOSECONDS), other.getDelay(TimeUnit.NANOSECONDS));
    }
}
