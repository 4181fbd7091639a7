package io.katydid.kernel.users;

import io.katydid.carrier.Carrier;
import io.katydid.carrier.CarrierTimer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Names a last hook that has not returned in time, and interrupts it from then on every 100 ms. */
final class LastHookLimit implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.user");
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private final Carrier carrier;
    private final Thread thread = Thread.currentThread();
    private final StopState stop;
    private final String hook;
    private final Duration limit;
    private CarrierTimer timer;
    private boolean named;
    private boolean closed;

    /** Watches the calling thread from now on. */
    LastHookLimit(Carrier carrier, StopState stop, String hook, Duration limit) {
        this.carrier = carrier;
        this.stop = stop;
        this.hook = hook;
        this.limit = limit;
        timer = carrier.after(limit.toNanos(), this::expired);
    }

    private synchronized void expired() {
        if (closed) return;
        if (!named) LOG.warn("{} has not returned after {} s: it is interrupted.", hook, limit.toMillis() / 1000.0);
        named = true;
        stop.cutOff();
        thread.interrupt();
        timer = carrier.after(AGAIN_NANOS, this::expired);
    }

    /** Ends the watch; no interrupt of its own is left behind. */
    @Override public synchronized void close() {
        closed = true;
        timer.cancel();
        Thread.interrupted();
    }
}
