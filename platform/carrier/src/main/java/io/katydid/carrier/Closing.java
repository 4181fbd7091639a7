package io.katydid.carrier;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Ends a set of loops: first its users, then what serves them, then the threads. */
final class Closing {
    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final long USERS_NANOS = TimeUnit.SECONDS.toNanos(5);
    private static final long AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final Duration THREAD_LIMIT = Duration.ofSeconds(2);
    private final List<Loop> loops;
    private boolean interrupted;

    Closing(List<Loop> loops) {
        this.loops = loops;
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
        long next = QUIET_NANOS;
        while (anyUser()) {
            long waited = System.nanoTime() - begin;
            if (waited >= USERS_NANOS) return;
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

    private static void nameUsers(Loop loop) {
        if (!loop.users().hasOthers()) return;
        Carriers.LOG.warn("Loop {} closes although {} of its users did not end within {} s of being interrupted: {}. A user must not "
            + "swallow interrupts; these go on without a loop.", loop.index(), loop.users().size(),
            TimeUnit.NANOSECONDS.toSeconds(USERS_NANOS - QUIET_NANOS), loop.users());
    }

    private void awaitThread(Loop loop) {
        if (loop.onThread()) return;
        try {
            if (!loop.awaitEnd(THREAD_LIMIT)) {
                Carriers.LOG.warn("The thread of loop {} did not end within {} s: a user holds it. It ends when that user lets go.",
                    loop.index(),
                    THREAD_LIMIT.toSeconds());
            }
        } catch (InterruptedException later) {
            interrupted = true;
        }
    }
}
