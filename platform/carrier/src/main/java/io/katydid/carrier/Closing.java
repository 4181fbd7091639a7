package io.katydid.carrier;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Ends a set of loops: first its users, then what serves them, then the threads. */
final class Closing {
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private final List<Loop> loops;
    private final Limits limits;
    private boolean interrupted;

    Closing(List<Loop> loops, Limits limits) {
        this.loops = loops;
        this.limits = limits;
    }

    /** Says for how long users may end by themselves, may then end by interrupts, and for how long a thread may take. */
    record Limits(Duration quiet, Duration interrupts, Duration thread) {
        static final Limits USUAL = new Limits(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(2));
    }

    void run(Watchdog watchdog, BlockingPool pool) {
        for (var loop : loops) loop.users().close();
        endUsers();
        // After the users: until then one of them may need to be freed, or wait for its blocking work.
        watchdog.close();
        pool.close();
        for (var loop : loops) nameUsers(loop);
        for (var loop : loops) loop.shutDown();
        for (var loop : loops) awaitThread(loop);
        if (interrupted) Thread.currentThread().interrupt();
    }

    private void endUsers() {
        long begin = System.nanoTime();
        long next = limits.quiet.toNanos();
        long end = next + limits.interrupts.toNanos();
        while (anyUser()) {
            long waited = System.nanoTime() - begin;
            if (waited >= end) return;
            if (waited >= next) {
                for (var loop : loops) loop.users().interruptOthers();
                next = waited + AGAIN_NANOS;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            // With the flag set a park returns at once, and this would spin.
            if (Thread.interrupted()) interrupted = true;
        }
    }

    private boolean anyUser() { return loops.stream().anyMatch(loop -> loop.users().hasOthers()); }

    private void nameUsers(Loop loop) {
        if (!loop.users().hasOthers()) return;
        Carriers.LOG.warn("Loop {} closes although {} of its users did not end within {} ms of being interrupted: {}. A user must not "
            + "swallow interrupts; these go on without a loop.", loop.index(), loop.users().size(),
            limits.interrupts.toMillis(), loop.users());
    }

    private void awaitThread(Loop loop) {
        if (loop.onThread()) return;
        try {
            if (!loop.awaitEnd(limits.thread)) {
                Carriers.LOG.warn("The thread of loop {} did not end within {} ms: a user holds it. It ends when that user lets go.",
                    loop.index(),
                    limits.thread.toMillis());
            }
        } catch (InterruptedException later) {
            interrupted = true;
        }
    }
}
