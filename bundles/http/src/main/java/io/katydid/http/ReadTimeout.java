package io.katydid.http;

import io.katydid.carrier.Carrier;
import io.katydid.carrier.CarrierTimer;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Watches how long nothing arrives on a connection. It keeps one timer, and a request or a byte only moves the deadline. On the loop only. */
final class ReadTimeout {
    private static final long FIRST_NANOS = TimeUnit.SECONDS.toNanos(1);
    private final Carrier carrier;
    private final Runnable action;
    private long limitNanos;
    private long deadlineNanos;
    private long dueNanos;
    private long mostNanos = FIRST_NANOS;
    private @Nullable CarrierTimer timer;

    ReadTimeout(Carrier carrier, Runnable action) {
        this.carrier = carrier;
        this.action = action;
    }

    /** Starts to wait for so long; 0 for ever. */
    void start(long nanos) {
        start(nanos, System.nanoTime());
    }

    /** Starts to wait for so long from a moment on that has just been; 0 for ever. */
    void start(long nanos, long now) {
        limitNanos = nanos;
        if (nanos <= 0) return;
        deadlineNanos = now + nanos;
        if (timer != null && dueNanos - deadlineNanos <= 0) return;
        cancel();
        schedule(now);
    }

    /** Starts over, since something has come or gone. */
    void heard() {
        if (limitNanos > 0) deadlineNanos = carrier.ioNanos() + limitNanos;
    }

    /** Waits no more; the timer is left for the next request. */
    void stop() {
        limitNanos = 0;
    }

    /** Takes the timer away, which would keep a closed connection in memory. */
    void cancel() {
        if (timer == null) return;
        timer.cancel();
        timer = null;
    }

    double seconds() { return limitNanos / 1e9; }

    /**
     * Sets a timer for the deadline, or for a second, two, four after the last one when that is sooner. The compiler leaves out of the loop what has never happened, and
     * when it happens the loop runs uncompiled for a second: with timers of the whole limit each test without wait times stumbled after 60 s.
     */
    private void schedule(long now) {
        long nanos = Math.min(deadlineNanos - now, mostNanos);
        mostNanos = Math.min(2 * mostNanos, Long.MAX_VALUE / 4);
        dueNanos = now + nanos;
        timer = carrier.after(nanos, this::due);
    }

    private void due() {
        timer = null;
        if (limitNanos <= 0) return;
        long now = System.nanoTime();
        if (deadlineNanos - now > 0) {
            schedule(now);
        } else {
            action.run();
        }
    }
}
