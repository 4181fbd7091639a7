package io.katydid.kernel.users;

import io.katydid.api.UserState;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Knows whether a user was told to stop, and whether a request of it is still to be awaited.
 *
 * <p>Stopping is sticky: from the mark on, each call of the user into the platform ends it again. In its last hooks the mark does not count.
 */
final class StopState {
    private final AtomicInteger exchanges = new AtomicInteger();
    private volatile boolean finishTask;
    private volatile boolean marked;
    private volatile boolean waiting;
    private volatile boolean lastHooks;
    private volatile long drainEndNanos;

    /** Tells whether calls into the platform end the user now. */
    boolean stopping() { return marked && !lastHooks; }

    /** Tells whether the user is to end when its present task is done. */
    boolean finishing() { return finishTask || stopping(); }

    void exchangeStarted() {
        exchanges.incrementAndGet();
    }

    void exchangeEnded() {
        exchanges.decrementAndGet();
    }

    void waiting(boolean now) {
        waiting = now;
    }

    UserState state() {
        if (finishing()) return UserState.STOPPING;
        return waiting ? UserState.WAITING : UserState.RUNNING;
    }

    /** Lets the present task end; a user that waits is stopped at once. Tells whether to interrupt it. */
    boolean finishTask() {
        finishTask = true;
        if (!waiting) return false;
        marked = true;
        return true;
    }

    void mark(long drainNanos) {
        finishTask = true;
        if (marked) return;
        drainEndNanos = System.nanoTime() + drainNanos;
        marked = true;
    }

    /** Interrupts a user that was told to stop, when no request of it is in flight or the drain is over. Never one that is in its last hooks. */
    synchronized void interruptIfDue(Thread thread) {
        if (stopping() && (exchanges.get() == 0 || System.nanoTime() - drainEndNanos >= 0)) thread.interrupt();
    }

    /** Lets calls into the platform work again, or ends that; no interrupt for a stop comes while they do. */
    synchronized void lastHooks(boolean now) {
        lastHooks = now;
    }

    /** Ends the last hooks and whatever request is in flight. */
    synchronized void cutOff() {
        finishTask = true;
        drainEndNanos = System.nanoTime();
        marked = true;
        lastHooks = false;
    }
}
