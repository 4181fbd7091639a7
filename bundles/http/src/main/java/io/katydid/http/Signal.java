package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Lets a user wait for its loop. Set on the loop, awaited by one thread. */
final class Signal {
    private volatile boolean done;
    private @Nullable Throwable failure;
    private volatile @Nullable Thread waiter;

    /** Starts over; the caller is the one that will wait. */
    void reset() {
        done = false;
        failure = null;
        waiter = Thread.currentThread();
    }

    boolean isDone() { return done; }

    void complete() {
        if (done) return;
        done = true;
        LockSupport.unpark(waiter);
    }

    void fail(Throwable problem) {
        if (done) return;
        failure = problem;
        complete();
    }

    /** Waits for this or for the end of the time; 0 is for ever. A failure is not looked at. */
    void await(UserRuntime runtime, long nanos) throws IOException {
        long end = nanos > 0 ? System.nanoTime() + nanos : 0;
        while (!done) {
            if (nanos > 0) {
                long left = end - System.nanoTime();
                if (left <= 0) return;
                LockSupport.parkNanos(this, left);
            } else {
                LockSupport.park(this);
            }
            if (!done && Thread.interrupted()) interrupted(runtime);
        }
    }

    private static void interrupted(UserRuntime runtime) throws IOException {
        if (runtime.stopping()) throw new CutOff();
        Thread.currentThread().interrupt();
        throw new InterruptedIOException("interrupted");
    }

    /**
     * Waits. An interrupt ends the wait: as {@link CutOff} when the user is being stopped, else as a failure, with the flag set again.
     * The flag is cleared first: with it set a park returns at once and would never leave the loop.
     */
    void await(UserRuntime runtime) throws IOException {
        await(runtime, 0);
        var problem = failure;
        if (problem != null) throw problem instanceof IOException io ? io : new IOException(problem);
    }
}
