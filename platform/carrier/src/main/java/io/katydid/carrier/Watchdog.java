package io.katydid.carrier;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks every 50 ms whether each loop turns, while there are users. One that has stood for 100 ms is reported once, with the stack of the user on it. A
 * master, and a console before its test, have no users, and their watchdog costs nothing.
 */
final class Watchdog implements AutoCloseable {
    static final long STALL_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** Long enough for another thread to wake a user that holds its loop; after it nobody will. */
    private static final long FREE_NANOS = TimeUnit.SECONDS.toNanos(1);
    private final List<? extends Watched> watched;
    private final BooleanSupplier users;
    private final Consumer<Stall> onStall;
    private final Thread thread;
    private volatile boolean rests;
    private volatile boolean closed;

    /** Starts one; {@code users} tells whether there are any. */
    Watchdog(String name, List<? extends Watched> watched, BooleanSupplier users, Consumer<Stall> onStall) {
        this.watched = watched;
        this.users = users;
        this.onStall = onStall;
        thread = Thread.ofPlatform().daemon().inheritInheritableThreadLocals(false).name(name + "-watchdog").start(this::watch);
    }

    private void watch() {
        long last = System.nanoTime();
        long begin = last;
        var all = watched.stream().map(one -> new Standstill(one, begin)).toList();
        while (!closed) {
            rest();
            if (!closed) LockSupport.parkNanos(LOOK_NANOS);
            long now = System.nanoTime();
            long late = Math.max(0, now - last - LOOK_NANOS);
            last = now;
            for (var one : all) look(one, now, late);
        }
        watched.forEach(Watched::close);
    }

    /** Waits for the first user. For how long does not matter: what a look comes late is no standstill. */
    private void rest() {
        rests = true;
        // First the word, then the look, as a user that starts does it the other way round: one of both sees the other.
        while (rests && !closed && !users.getAsBoolean()) LockSupport.park();
        rests = false;
    }

    /** Hears that a user starts. Any thread. */
    void stir() {
        if (!rests) return;
        rests = false;
        LockSupport.unpark(thread);
    }

    private void look(Standstill one, long now, long late) {
        try {
            long standstill = one.look(now, late);
            if (standstill >= STALL_NANOS && one.mayReport()) onStall.accept(stall(one, standstill));
            if (standstill >= FREE_NANOS && one.mayFree()) free(one);
        } catch (RuntimeException | LinkageError problem) {
            // Whoever listens failed; the next stall is to be seen all the same.
            Carriers.LOG.error("A stall could not be reported", problem);
        }
    }

    static Stall stall(Standstill one, long nanos) {
        var what = one.watched;
        var user = what.user();
        var stack = user.map(Thread::getStackTrace).filter(frames -> frames.length > 0).orElseGet(what::stack);
        // If it turned meanwhile the stack shows what came after, and would blame the wrong one.
        boolean over = one.isOver();
        var blame = over ? Blame.NOBODY : Blame.of(stack, what.cold());
        return new Stall(what.place(), Duration.ofNanos(nanos), blame.cause(), blame.at(), blame.caller(), over ? "" : text(stack));
    }

    /**
     * Frees a user that parked its carrier without a limit, as a request inside a static initialiser does: the only thread that could wake it is the one
     * it holds. The interrupt is its way out.
     */
    private static void free(Standstill one) {
        one.watched.user().filter(user -> parkedForGood(user.getStackTrace()) && !one.isOver()).ifPresent(Thread::interrupt);
    }

    private static boolean parkedForGood(StackTraceElement[] stack) {
        var methods = Arrays.stream(stack).limit(6).map(StackTraceElement::getMethodName).toList();
        return methods.contains("parkOnCarrierThread") && !methods.contains("parkNanos") && !methods.contains("sleep")
            && !methods.contains("sleepNanos");
    }

    private static String text(StackTraceElement[] stack) {
        return Stream.of(stack).limit(40).map(frame -> "    at " + frame).collect(Collectors.joining("\n"));
    }

    @Override public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
