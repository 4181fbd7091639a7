package io.katydid.carrier;

import java.util.ArrayDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** Holds what is runnable on one loop: what the loop itself added, in a plain queue, and what other threads sent. */
public final class RunQueue {
    private static final int MAX_FOREIGN = 4096;
    private static final int MAX_RUN = 256;
    private static final int CLOCK_EVERY = 32;
    private static final long QUANTUM_NANOS = 500_000;

    private final ArrayDeque<Runnable> own = new ArrayDeque<>(1024);
    private final ConcurrentLinkedQueue<Runnable> foreign = new ConcurrentLinkedQueue<>();
    private volatile boolean sleeping;
    private volatile @Nullable Runnable current;

    /** Adds from the loop itself. */
    public void addOwn(Runnable task) {
        own.add(task);
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
        return !own.isEmpty() || !foreign.isEmpty();
    }

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
        long end = 0;
        for (int i = 0; i < count; i++) {
            if (i % CLOCK_EVERY == CLOCK_EVERY - 1) {
                long now = System.nanoTime();
                if (end == 0) end = now + QUANTUM_NANOS;
                if (now - end > 0) return;
            }
            run(own.poll());
        }
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
