package io.katydid.kernel.run;

import io.katydid.api.StopTest;
import io.katydid.api.TaskSignal;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher;
import io.katydid.api.event.Spawning;
import io.katydid.kernel.users.RunningUser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings the number of users to a target, step by step, on a thread of its own. A new ramp ends the one before.
 *
 * <p>Listeners run on that thread too and may stop, quit or start the test: they are called without a lock, and the thread is never interrupted.
 */
final class Ramp implements Runnable {
    static final String WORKER = "local";
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private static final long FOR_EVER_NANOS = TimeUnit.DAYS.toNanos(10_000);
    private final RunnerHome home;
    private final Population population;
    private final UserDispatcher dispatcher;
    private final int userCount;
    private final double spawnRate;
    private final List<Class<? extends User>> only;
    private final Consumer<Ramp> done;
    private volatile Map<String, Integer> last = Map.of();
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean cancelled;

    Ramp(RunnerHome home, Population population, UserDispatcher dispatcher, int userCount, double spawnRate,
        List<Class<? extends User>> only, Consumer<Ramp> done) {
        this.home = home;
        this.population = population;
        this.dispatcher = dispatcher;
        this.userCount = userCount;
        this.spawnRate = spawnRate;
        this.only = only;
        this.done = done;
        thread = Thread.ofPlatform().daemon().name("katydid-ramp").unstarted(this);
    }

    void start() {
        thread.start();
    }

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
                if (!take(next.get().users().getOrDefault(WORKER, Map.of()))) return;
                if (!rest(begin + (long) (next.get().waitSeconds() * 1e9))) return;
            }
            if (!isCancelled()) done.accept(this);
        } catch (StopTest signal) {
            home.stopTest(signal);
        } catch (TaskSignal signal) {
            LOG.warn("A listener ended the ramp to {} users with {}; throw StopTest to end the test.", userCount,
                signal.getClass().getSimpleName());
        } catch (RuntimeException | LinkageError problem) {
            home.statistics().exception(problem, "local");
            LOG.debug("The ramp failed", problem);
            home.stopTest(new StopTest("The ramp to " + userCount + " users failed: " + problem));
        }
    }

    /** Asks the dispatcher, which is not for several threads at once: the ramp before may still be in it. */
    private final class Steps {
        private @Nullable Iterator<UserDispatcher.Step> steps;

        Optional<UserDispatcher.Step> next() {
            synchronized (dispatcher) {
                if (isCancelled()) return Optional.empty();
                var all = steps == null ? dispatcher.dispatch(userCount, spawnRate, only).iterator() : steps;
                steps = all;
                return all.hasNext() ? Optional.of(all.next()) : Optional.empty();
            }
        }
    }

    /** Brings the users of classes back that could not be started for a while: their bundle was away. At the rate of the ramp, on a thread of its own, until the ramp is replaced or the test ends. */
    void refill(Collection<UserClass> types) {
        Thread.ofPlatform().daemon().name("katydid-refill").start(() -> {
            for (var type : types) {
                for (int lacking = lacking(type); lacking > 0; lacking--) {
                    if (!spawn(type, 1) || !rest(System.nanoTime() + (long) (1e9 / spawnRate))) return;
                }
            }
        });
    }

    private int lacking(UserClass type) { return last.getOrDefault(type.name(), 0) - population.staying(type.name()); }

    /** Starts before it stops: stopping may take its time. Gives false when the ramp was ended meanwhile. */
    private boolean take(Map<String, Integer> wanted) {
        last = wanted;
        var classes = home.environment().userClasses().stream().collect(Collectors.toMap(UserClass::name, Function.identity()));
        var surplus = new ArrayList<RunningUser>();
        for (var entry : wanted.entrySet()) {
            var type = classes.get(entry.getKey());
            if (type == null || !home.mayStart(type)) continue;
            int lacking = entry.getValue() - population.staying(type.name());
            if (lacking > 0 && !spawn(type, lacking)) return false;
            if (lacking < 0) surplus.addAll(dismiss(type, -lacking));
        }
        return surplus.isEmpty() ? !isCancelled() : stop(surplus);
    }

    private boolean spawn(UserClass type, int users) {
        if (isCancelled()) return false;
        home.events().spawning().fire(new Spawning(home.environment(), type, users));
        lock.lock();
        try {
            if (cancelled) return false;
            population.spawn(type, users);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** A ramp that was replaced counts users that are not its own any more. */
    private List<RunningUser> dismiss(UserClass type, int users) {
        lock.lock();
        try {
            return cancelled ? List.of() : population.dismiss(type.name(), users);
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the users to end, or for the end of the ramp: a thread of their own stops them, whatever becomes of the ramp. */
    private boolean stop(List<RunningUser> surplus) {
        var ended = new AtomicBoolean();
        Thread.ofPlatform().daemon().name("katydid-ramp-down").start(() -> {
            Stopper.stop(surplus, home);
            ended.set(true);
            wake();
        });
        return await(System.nanoTime() + FOR_EVER_NANOS, ended::get);
    }

    private boolean rest(long endNanos) { return await(endNanos, () -> false); }

    /** Waits until then, or until it is over; false when the ramp was ended. */
    private boolean await(long endNanos, BooleanSupplier over) {
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

    private void wake() {
        lock.lock();
        changed.signalAll();
        lock.unlock();
    }

    private boolean isCancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }
}
