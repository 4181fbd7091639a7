package io.katydid.carrier;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks every 25 ms whether each loop turns. One that has stood for 100 ms is reported once, with the stack of the user on it. */
final class Watchdog implements AutoCloseable {
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    private static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private final List<Loop> loops;
    private final Consumer<Stall> onStall;
    private final long[] lastTurn;
    private final long[] since;
    private final boolean[] reported;
    private final Thread thread;
    private volatile boolean closed;

    Watchdog(String name, List<Loop> loops, Consumer<Stall> onStall) {
        this.loops = loops;
        this.onStall = onStall;
        lastTurn = new long[loops.size()];
        since = new long[loops.size()];
        reported = new boolean[loops.size()];
        thread = Thread.ofPlatform().daemon().name(name + "-watchdog").start(this::watch);
    }

    private void watch() {
        Arrays.fill(since, System.nanoTime());
        while (!closed) {
            LockSupport.parkNanos(LOOK_NANOS);
            for (int i = 0; i < loops.size(); i++) look(i);
        }
    }

    private void look(int i) {
        var loop = loops.get(i);
        long now = System.nanoTime();
        if (loop.turns() != lastTurn[i] || waits(loop, now)) {
            lastTurn[i] = loop.turns();
            since[i] = now;
            reported[i] = false;
        } else if (!reported[i] && now - since[i] >= STALL_NANOS) {
            reported[i] = true;
            report(loop, now - since[i]);
        }
    }

    /**
     * Tells whether the loop waits in its poll. Handlers run within the poll too, and nothing tells where one ends and the other begins,
     * so after a while only the stack can.
     */
    private static boolean waits(Loop loop, long now) {
        if (!loop.polling()) return false;
        if (now - loop.pollSince() < STALL_NANOS) return true;
        var stack = stackOf(loop);
        return stack.length == 0 || Arrays.stream(stack).limit(4).anyMatch(frame -> frame.getClassName().endsWith("SelectorImpl"));
    }

    private void report(Loop loop, long standstill) {
        var resume = loop.queue().current();
        var user = resume == null ? Optional.<Thread>empty() : JdkThreads.threadOf(resume);
        var stack = user.map(Thread::getStackTrace).orElseGet(() -> stackOf(loop));
        onStall.accept(new Stall(loop.index(), Duration.ofNanos(standstill), text(stack)));
        if (parkedForGood(stack)) user.ifPresent(Thread::interrupt);
    }

    /**
     * Tells whether a user parked its carrier without a limit, as a request inside a static initialiser does: the only thread that could wake it is the one
     * it holds. The interrupt is its way out.
     */
    private static boolean parkedForGood(StackTraceElement[] stack) {
        var methods = Arrays.stream(stack).limit(6).map(StackTraceElement::getMethodName).toList();
        return methods.contains("parkOnCarrierThread") && !methods.contains("parkNanos") && !methods.contains("sleep")
            && !methods.contains("sleepNanos");
    }

    private static StackTraceElement[] stackOf(Loop loop) {
        var carrier = loop.thread();
        return carrier == null ? new StackTraceElement[0] : carrier.getStackTrace();
    }

    private static String text(StackTraceElement[] stack) {
        return Stream.of(stack).limit(40).map(frame -> "    at " + frame).collect(Collectors.joining("\n"));
    }

    @Override public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
