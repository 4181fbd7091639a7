package io.katydid.carrier;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Holds what is runnable on one loop: what the loop itself added, in a plain queue, and what other threads sent. */
public final class RunQueue {
    private static final int MAX_FOREIGN = 4096;
    private static final int MAX_RUN = 256;
    /** Often, since a turn cannot be shorter: while the JVM is cold, each of them may take milliseconds. */
    private static final int CLOCK_EVERY = 4;
    private static final long QUANTUM_NANOS = 500_000;

    private final ArrayDeque<Runnable> own = new ArrayDeque<>(1024);
    /** Is what the user that runs wants of the loop's own thread, as soon as it gets that back. */
    private final ArrayDeque<Runnable> next = new ArrayDeque<>();
    private final ConcurrentLinkedQueue<Runnable> foreign = new ConcurrentLinkedQueue<>();
    private volatile boolean sleeping;
    private volatile @Nullable Runnable current;

    /** Adds from the loop itself. */
    public void addOwn(Runnable task) {
        own.add(task);
    }

    /** Adds, from the user that runs, what comes before all others once it has parked. */
    void addNext(Runnable task) {
        next.add(task);
    }

    /** Adds from another thread; tells whether the loop must be woken. */
    public boolean addForeign(Runnable task) {
        foreign.add(task);
        return sleeping;
    }

    /**
     * Says that the loop is about to sleep, and tells whether there is work after all. The order matters: first the word, then the look;
     * a producer adds first and then looks at the word, so one of both sees the other.
     */
    public boolean mayNotSleep() {
        sleeping = true;
        return hasWork();
    }

    /** Tells whether there is work. On the loop. */
    public boolean hasWork() { return !own.isEmpty() || !foreign.isEmpty(); }

    /** Says that the loop is awake. */
    public void awake() {
        if (sleeping) sleeping = false;
    }

    /** Takes in what other threads sent, in bounds. */
    public void admitForeign() {
        Runnable task;
        for (int i = 0; i < MAX_FOREIGN && (task = foreign.poll()) != null; i++) own.add(task);
    }

    /** Runs what is runnable now, in bounds: what a task adds waits for the next turn, so that nobody starves the poll. */
    public void drain() {
        int count = Math.min(MAX_RUN, own.size());
        if (count == 0) return;
        long begin = System.nanoTime();
        for (int i = 1; i <= count; i++) {
            run(own.poll());
            while (!next.isEmpty()) run(next.poll());
            if (i % CLOCK_EVERY == 0 && System.nanoTime() - begin >= QUANTUM_NANOS) return;
        }
    }

    /** Takes out what the loop itself added. On the loop. */
    void takeOwn(Consumer<Runnable> taker) {
        next.forEach(taker);
        next.clear();
        own.forEach(taker);
        own.clear();
    }

    /** Takes out what other threads sent. Any thread, once the loop has ended. */
    void takeForeign(Consumer<Runnable> taker) {
        Runnable task;
        while ((task = foreign.poll()) != null) taker.accept(task);
    }

    /** Gives what is being run. For the watchdog. */
    @Nullable Runnable current() { return current; }

    private void run(@Nullable Runnable task) {
        if (task == null) return;
        current = task;
        try {
            task.run();
        } catch (Throwable problem) {
            // A task of the platform failed; the loop and everyone on it goes on.
            Carriers.LOG.error("A task on a carrier loop failed", problem);
        } finally {
            current = null;
        }
    }
}
