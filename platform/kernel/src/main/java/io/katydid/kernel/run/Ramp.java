package io.katydid.kernel.run;

import io.katydid.api.StopTest;
import io.katydid.api.TaskSignal;
import io.katydid.api.UserDispatcher;
import java.util.Iterator;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the number of users to a target, step by step, on a thread of its own. A new ramp ends the one before.
 *
 * <p>Listeners run on that thread too and may stop, quit or start the test: they are called without a lock, and the thread is never interrupted.
 */
public final class Ramp implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final RunnerHome home;
    private final Crew crew;
    private final Plan plan;
    private final Consumer<Ramp> done;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean cancelled;

    /**
     * Says what to bring about.
     *
     * @param userCount users in all
     * @param spawnRate users per second
     * @param owner what is not for several threads at once while steps are asked for: the ramp before may still be in it
     * @param steps the way there
     */
    record Plan(int userCount, double spawnRate, Object owner, Iterable<UserDispatcher.Step> steps) {}

    Ramp(RunnerHome home, Crew crew, Plan plan, Consumer<Ramp> done) {
        this.home = home;
        this.crew = crew;
        this.plan = plan;
        this.done = done;
        thread = Thread.ofPlatform().daemon().name("katydid-ramp").unstarted(this);
    }

    void start() {
        thread.start();
    }

    double spawnRate() { return plan.spawnRate; }

    /** Ends the ramp where it is: once this returns no user comes of it any more. Waits for no listener, which may itself be waiting for the caller. */
    void cancel() {
        lock.lock();
        try {
            cancelled = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override public void run() {
        try {
            var steps = new Steps();
            for (var next = steps.next(); next.isPresent(); next = steps.next()) {
                long begin = System.nanoTime();
                if (!crew.take(this, next.get())) return;
                if (!rest(begin + (long) (next.get().waitSeconds() * 1e9))) return;
            }
            if (!isCancelled()) crew.settle(this);
            if (!isCancelled()) done.accept(this);
        } catch (StopTest signal) {
            home.stopTest(signal);
        } catch (TaskSignal signal) {
            LOG.warn("A listener ended the ramp to {} users with {}; throw StopTest to end the test.", plan.userCount,
                signal.getClass().getSimpleName());
        } catch (RuntimeException | LinkageError problem) {
            home.statistics().exception(problem, "local");
            LOG.debug("The ramp failed", problem);
            home.stopTest(new StopTest("The ramp to " + plan.userCount + " users failed: " + problem));
        }
    }

    private final class Steps {
        private @Nullable Iterator<UserDispatcher.Step> steps;

        Optional<UserDispatcher.Step> next() {
            synchronized (plan.owner) {
                if (isCancelled()) return Optional.empty();
                var all = steps == null ? plan.steps.iterator() : steps;
                steps = all;
                return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
            }
        }
    }

    /** Does something that nobody can end the ramp in the middle of; gives false, and does nothing, when it has ended. */
    boolean unlessCancelled(Runnable work) {
        lock.lock();
        try {
            if (!cancelled) work.run();
            return !cancelled;
        } finally {
            lock.unlock();
        }
    }

    boolean rest(long endNanos) { return await(endNanos, () -> false); }

    /** Waits until then, or until it is over; false when the ramp was ended. */
    public boolean await(long endNanos, BooleanSupplier over) {
        lock.lock();
        try {
            while (!cancelled && !over.getAsBoolean()) {
                long left = endNanos - System.nanoTime();
                if (left <= 0) break;
                changed.awaitNanos(left);
            }
            return !cancelled;
        } catch (InterruptedException ofAListener) {
            return await(endNanos, over);
        } finally {
            lock.unlock();
        }
    }

    /** Lets a waiting ramp look whether what it waits for is over. */
    public void wake() {
        lock.lock();
        changed.signalAll();
        lock.unlock();
    }

    /** Tells whether the ramp was ended. */
    public boolean isCancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }
}
