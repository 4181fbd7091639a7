package io.katydid.carrier;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
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
    private final Slack slack = new Slack(System.nanoTime());
    private final Users users = new Users();
    private final LoopKind kind;
    private final UserScheduler scheduler = new UserScheduler(this);
    private volatile @Nullable Thread thread;
    private volatile long turns;
    private volatile boolean polling;
    private volatile long idleNanos;
    private volatile long spunNanos;
    private volatile long pollSince;
    private volatile long startedNanos;
    private volatile boolean ended;
    private boolean ioKnown;
    private long ioNanos;

    /** Makes a loop. */
    protected Loop(int index, LoopKind kind) {
        this.index = index;
        this.kind = kind;
    }

    /** Wakes the poll. Any thread. */
    protected abstract void wakeUp();

    /** Begins to close: the loop ends with its present turn. */
    protected abstract void shutDown();

    /** Waits until the loop's thread has ended, for so long at most; tells whether it has. Not on the loop. */
    protected abstract boolean awaitEnd(Duration limit) throws InterruptedException;

    @Override public final int index() { return index; }

    @Override public final boolean isCurrent() { return kind.carriesUsers() && onThread(); }

    /** Tells whether the caller runs on this loop's thread, on the fallback too. */
    public final boolean onThread() {
        return JdkThreads.carrierThread() == thread;
    }

    @Override public final void execute(Runnable task) {
        if (onThread() && !ended) {
            queue.addOwn(task);
            return;
        }
        if (queue.addForeign(task)) wakeUp();
        // First the task, then the look, as the end of the loop does it the other way round: one of both sees the other.
        if (ended) queue.takeForeign(Afterlife::run);
    }

    @Override public final void onLoop(Runnable task) {
        if (!onThread() || ended) {
            execute(task);
        } else if (Thread.currentThread().isVirtual()) {
            queue.addNext(task);
        } else {
            task.run();
        }
    }

    @Override public final CarrierTimer after(long nanos, Runnable task) { return schedule(nanos, task); }

    @Override public final Thread spawn(String name, Runnable body) {
        Preflight.await();
        Runnable counted = () -> {
            try {
                body.run();
            } finally {
                users.ended(Thread.currentThread());
            }
        };
        var user = kind.carriesUsers() ? JdkThreads.newThread(scheduler, name, counted)
            : Thread.ofVirtual().name(name).unstarted(() -> fixed(this, counted));
        if (!users.admit(user)) {
            throw new IllegalStateException("The user '" + name + "' cannot start on loop " + index
                + ": its set of carriers is closed. Start users before Carriers.close().");
        }
        try {
            user.start();
        } catch (RuntimeException | Error problem) {
            users.ended(user);
            throw problem;
        }
        return user;
    }

    @Override public final long ioNanos() {
        if (!onThread()) return System.nanoTime();
        if (!ioKnown) {
            ioKnown = true;
            ioNanos = System.nanoTime();
        }
        return ioNanos;
    }

    final WheelTimer schedule(long nanos, Runnable task) {
        // A wait for ever must not wrap around and be due at once, nor one that is over become one for ever.
        var timer = new WheelTimer(this, System.nanoTime() + Math.clamp(nanos, 0, LONGEST_NANOS), task);
        if (onThread() && !ended) {
            timers.add(timer);
        } else {
            execute(() -> arm(timer));
        }
        return timer;
    }

    /** Takes a cancelled timer out of the wheel. Any thread. */
    final void forget(WheelTimer timer) {
        if (onThread()) {
            timers.remove(timer);
        } else {
            execute(() -> {
                if (onThread()) timers.remove(timer);
            });
        }
    }

    private void arm(WheelTimer timer) {
        if (timer.isDone()) return;
        if (onThread() && !ended) {
            timers.add(timer);
        } else {
            Afterlife.runLater(timer);
        }
    }

    /** Gives the queue. For the poll. */
    public final RunQueue queue() { return queue; }

    /** Says which thread the loop runs on, before its first turn. */
    protected final void startedOn(Thread carrier) {
        // Takes its time, and is no work of the loop: whoever asks for that must find when it began as soon as there is a thread.
        ShortSlice.ask();
        startedNanos = System.nanoTime();
        thread = carrier;
    }

    /** Says that the last turn is done: what is left, and what comes from now on, goes on without the loop. On its thread. */
    protected final void ends() {
        ended = true;
        queue.takeOwn(Afterlife::run);
        queue.takeForeign(Afterlife::run);
        timers.takeAll(Afterlife::runLater);
    }

    /** Says that the poll begins. What it reads is new, however much of the turn before has asked for the time. */
    protected final void pollBegins() {
        ioKnown = false;
        pollSince = System.nanoTime();
        polling = true;
    }

    /** Says that the poll has returned after waiting so long, asleep or by asking again and again. */
    protected final void pollEnds(long waitedNanos, boolean asleep) {
        polling = false;
        idleNanos += waitedNanos;
        if (!asleep) spunNanos += waitedNanos;
    }

    /** Does the rest of a turn: timers, what others sent, users. */
    protected final void turn() {
        turns++;
        ioKnown = false;
        long now = System.nanoTime();
        slack.expired(timers.expire(now), now);
        queue.admitForeign();
        queue.drain();
    }

    /** Says that a turn failed. The loop goes on: with it everybody on it would stop for good. */
    protected final void turnFailed(Throwable problem) {
        try {
            Carriers.LOG.error("A turn of loop {} failed; it goes on", index, problem);
        } catch (Throwable ignored) {
            // Nothing that logs works any more, and that is the most likely reason to be here.
        }
        // Should each turn fail, the machine is not to be kept busy by it.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
    }

    /** Tells whether the poll is not to sleep now: that was asked for, and there are users. */
    public final boolean pollsBusily() {
        return kind.busyPoll() && !users.isEmpty();
    }

    /** Gives the nanoseconds until the loop is to wake for a timer: 0 when one is due, and else those until one may be and the slack, which only saves wake-ups. */
    public final long timerDelayNanos(long nowNanos) {
        long delay = timers.delayNanos(nowNanos);
        return delay == 0 || delay == Long.MAX_VALUE || kind.busyPoll() ? delay : delay + slack.nanos();
    }

    final Users users() { return users; }

    @Override public final long turns() { return turns; }

    final boolean polling() { return polling; }

    /** Gives the time spent waiting, a poll that still waits included. */
    final long idleNanos() {
        return idleNanos + (polling ? Math.max(0, System.nanoTime() - pollSince) : 0);
    }

    /** Gives how much of the time spent waiting took the core nevertheless. */
    final long spunNanos() { return spunNanos; }

    final long pollSince() { return pollSince; }

    /** Gives the time the loop has worked since it started. */
    final long workedNanos() {
        return thread == null ? 0 : System.nanoTime() - startedNanos - idleNanos();
    }

    final Lateness lateness() { return lateness; }

    final @Nullable Thread thread() { return thread; }

    /** Waits, in the JDK's words, for what its scheduler asks. */
    final WheelTimer schedule(long delay, TimeUnit unit, Runnable task) {
        return schedule(unit.toNanos(delay), task);
    }
}
