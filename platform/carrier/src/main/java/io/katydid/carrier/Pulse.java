package io.katydid.carrier;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the JDK's default scheduler, for users that run there: a virtual thread of its own is woken at each look and has to get its turn. It does not
 * while users hold all of the scheduler's threads; as long as one of them is free the others go on, and nothing is to be said.
 */
final class Pulse implements Watched {
    private static final StackTraceElement[] NOTHING = {};
    private final Supplier<Optional<Thread>> user;
    private final long startNanos = System.nanoTime();
    private volatile long beats;
    private volatile boolean closed;
    private @Nullable Thread thread;

    /** {@code user} finds the one that most likely holds a thread of the scheduler. */
    Pulse(Supplier<Optional<Thread>> user) {
        this.user = user;
    }

    @Override public String place() { return "The JDK's default scheduler"; }

    @Override public long beats() {
        var last = beats;
        // Not in the constructor: the watchdog is a platform thread, so this one is on the default scheduler, whoever opened the carriers.
        if (thread == null) thread = Thread.ofVirtual().name("katydid-pulse").start(this::beat);
        LockSupport.unpark(thread);
        return last;
    }

    @SuppressWarnings("NonAtomicOperationOnVolatileField") private void beat() {
        while (!closed) {
            beats++;
            LockSupport.park();
        }
    }

    @Nullable Thread thread() { return thread; }

    @Override public boolean idle(long nowNanos) { return false; }

    @Override public Optional<Thread> user() { return user.get(); }

    @Override public StackTraceElement[] stack() { return NOTHING; }

    @Override public boolean cold() { return System.nanoTime() - startNanos < WatchedLoop.COLD_NANOS; }

    @Override public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
