package io.katydid.carrier;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Is a carrier with everything but the poll: run queue, timers, users, counters. The poll is Netty's, in {@code io.katydid.carrier.netty}.
 * Public only for that package.
 */
public abstract class Loop extends Carrier {
    private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;
    private final int index;
    private final Lateness lateness = new Lateness();
    private final RunQueue queue = new RunQueue();
    private final TimerWheel timers = new TimerWheel(System.nanoTime(), lateness);
    private final AtomicInteger users = new AtomicInteger();
    private final boolean carriesUsers;
    private final UserScheduler scheduler = new UserScheduler(this);
    private volatile @Nullable Thread thread;
    private volatile long turns;
    private volatile boolean polling;
    private volatile long idleNanos;
    private volatile long pollSince;
    private volatile boolean closed;
    private long ioTurn = -1;
    private long ioNanos;

    /** Makes a loop; {@code carriesUsers} false: users run on the default scheduler. */
    protected Loop(int index, boolean carriesUsers) {
        this.index = index;
        this.carriesUsers = carriesUsers;
    }

    /** Wakes the poll. Any thread. */
    protected abstract void wakeUp();

    /** Begins to close: the loop ends when it has nothing left. */
    protected abstract void shutDown();

    @Override public final int index() { return index; }

    @Override public final boolean isCurrent() { return carriesUsers && onThread(); }

    /** Tells whether the caller runs on this loop's thread, on the fallback too. */
    public final boolean onThread() {
        return JdkThreads.carrierThread() == thread;
    }

    @Override public final void execute(Runnable task) {
        if (onThread()) {
            queue.addOwn(task);
        } else if (queue.addForeign(task)) {
            wakeUp();
        }
    }

    @Override public final CarrierTimer after(long nanos, Runnable task) { return schedule(nanos, task); }

    @Override public final Thread spawn(String name, Runnable body) {
        if (closed) {
            throw new IllegalStateException("The user '" + name + "' cannot start on loop " + index
                + ": its set of carriers is closed. Start users before Carriers.close().");
        }
        Preflight.await();
        users.incrementAndGet();
        Runnable counted = () -> {
            try {
                body.run();
            } finally {
                users.decrementAndGet();
            }
        };
        var user = carriesUsers ? JdkThreads.newThread(scheduler, name, counted)
            : Thread.ofVirtual().name(name).unstarted(() -> fixed(this, counted));
        user.start();
        return user;
    }

    @Override public final long ioNanos() {
        if (ioTurn != turns) {
            ioTurn = turns;
            ioNanos = System.nanoTime();
        }
        return ioNanos;
    }

    final WheelTimer schedule(long nanos, Runnable task) {
        // A wait for ever must not wrap around and be due at once.
        var timer = new WheelTimer(this, System.nanoTime() + Math.min(nanos, LONGEST_NANOS), task);
        if (onThread()) {
            timers.add(timer);
        } else {
            execute(() -> {
                if (!timer.isDone()) timers.add(timer);
            });
        }
        return timer;
    }

    final TimerWheel timers() { return timers; }

    /** Gives the queue. For the poll. */
    public final RunQueue queue() { return queue; }

    /** Says which thread the loop runs on, before its first turn. */
    protected final void startedOn(Thread carrier) {
        thread = carrier;
    }

    /** Says that the poll begins. */
    protected final void pollBegins() {
        pollSince = System.nanoTime();
        polling = true;
    }

    /** Says that the poll has returned after waiting so long. */
    protected final void pollEnds(long waitedNanos) {
        polling = false;
        idleNanos += waitedNanos;
    }

    /** Does the rest of a turn: timers, what others sent, users. */
    protected final void turn() {
        turns++;
        timers.expire(System.nanoTime());
        queue.admitForeign();
        queue.drain();
    }

    /** Gives the nanoseconds until a timer may be due. */
    public final long timerDelayNanos(long nowNanos) {
        return timers.delayNanos(nowNanos);
    }

    final int users() { return users.get(); }

    @Override public final long turns() { return turns; }

    final boolean polling() { return polling; }

    /** Gives the time spent waiting, a poll that still waits included. */
    final long idleNanos() {
        return idleNanos + (polling ? Math.max(0, System.nanoTime() - pollSince) : 0);
    }

    final long pollSince() { return pollSince; }

    /** Ends the loop; from now on it takes no user. */
    final void close() {
        closed = true;
        shutDown();
    }

    final Lateness lateness() { return lateness; }

    final @Nullable Thread thread() { return thread; }

    /** Waits, in the JDK's words, for what its scheduler asks. */
    final WheelTimer schedule(long delay, TimeUnit unit, Runnable task) {
        return schedule(unit.toNanos(delay), task);
    }
}
