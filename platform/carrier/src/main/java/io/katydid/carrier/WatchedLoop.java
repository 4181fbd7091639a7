package io.katydid.carrier;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Looks at a loop: its turns, and whether it waits in its poll. */
final class WatchedLoop implements Watched {
    static final long COLD_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final StackTraceElement[] NOTHING = {};
    private final Loop loop;

    WatchedLoop(Loop loop) {
        this.loop = loop;
    }

    @Override public String place() { return "Loop " + loop.index(); }

    @Override public long beats() { return loop.turns(); }

    /**
     * Tells whether the loop waits in its poll. Handlers run within the poll too, and nothing tells where one ends and the other begins,
     * so after a while only the stack can.
     */
    @Override public boolean idle(long nowNanos) {
        if (!loop.polling()) return false;
        if (nowNanos - loop.pollSince() < Watchdog.STALL_NANOS) return true;
        var stack = stack();
        return stack.length == 0 || Arrays.stream(stack).limit(4).anyMatch(frame -> frame.getClassName().endsWith("SelectorImpl"));
    }

    @Override public Optional<Thread> user() {
        var resume = loop.queue().current();
        return resume == null ? Optional.empty() : JdkThreads.threadOf(resume);
    }

    @Override public StackTraceElement[] stack() {
        var carrier = loop.thread();
        return carrier == null ? NOTHING : carrier.getStackTrace();
    }

    /** Counts work, not age: a loop is opened long before its first user in a console that waits for somebody to press start. */
    @Override public boolean cold() {
        return loop.workedNanos() < COLD_NANOS;
    }
}
