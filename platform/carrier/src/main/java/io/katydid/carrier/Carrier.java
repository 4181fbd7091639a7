package io.katydid.carrier;

import org.jspecify.annotations.Nullable;

/**
 * Is one loop and what lives on it: its users, their connections, their timers. Protocol bundles see it as an executor that is theirs alone:
 * what runs on it needs no lock, and must not block.
 */
public abstract class Carrier {
    private static final ThreadLocal<Carrier> FIXED = new ThreadLocal<>();

    Carrier() {}

    /**
     * Gives the caller's loop. A thread that is on no loop gets one that stays the same for it; never null.
     * Such a thread hops: it sends work with {@link #execute} and waits for the answer.
     */
    public static Carrier current() {
        if (JdkThreads.carrierThread() instanceof CarrierThread carrier) return carrier.loop();
        @Nullable
        Carrier fixed = FIXED.get();
        if (fixed == null) {
            fixed = Carriers.shared().next();
            FIXED.set(fixed);
        }
        return fixed;
    }

    /** Runs a body in a thread that is on no loop but whose loop is this one. */
    static void fixed(Carrier carrier, Runnable body) {
        FIXED.set(carrier);
        try {
            body.run();
        } finally {
            FIXED.remove();
        }
    }

    /** Tells whether the caller runs on this loop and may touch what lives on it. Always false when users run on the default scheduler. */
    public abstract boolean isCurrent();

    /** Runs a task on the loop, after what is runnable already. Any thread. */
    public abstract void execute(Runnable task);

    /**
     * Runs a task on the loop's own thread: at once when that is the caller, as soon as it parks when the caller is one of the loop's users, else as {@link #execute}.
     * Calls into Netty belong here: it keeps buffers and caches, some 6 KB, for each thread that it sees, and every user is one. Any thread.
     */
    public abstract void onLoop(Runnable task);

    /** Runs a task on the loop after so many nanoseconds, never earlier and usually within 0.4 ms, or 1 ms where its poll waits for whole ones. Any thread. */
    public abstract CarrierTimer after(long nanos, Runnable task);

    /** Starts a user: a virtual thread that runs on this loop. Any thread. */
    public abstract Thread spawn(String name, Runnable body);

    /** Gives {@link System#nanoTime} of the present batch of reads, taken once per turn of the loop. Call it on the loop. */
    public abstract long ioNanos();

    /** Counts the turns of the loop: in each of them everyone that was runnable has run once. Call it on the loop. */
    public abstract long turns();

    /** Gives the number of the loop, from 0. */
    public abstract int index();
}
