package io.katydid.kernel.run;

import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher;
import io.katydid.api.event.Spawning;
import io.katydid.kernel.users.RunningUser;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the number of users to a target, step by step, on a thread of its own. A new ramp ends the one before. */
final class Ramp implements Runnable {
    static final String WORKER = "local";
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final RunnerHome home;
    private final Population population;
    private final UserDispatcher dispatcher;
    private final int userCount;
    private final double spawnRate;
    private final List<Class<? extends User>> only;
    private final Runnable done;
    private final Thread thread;
    private final ReentrantLock step = new ReentrantLock();
    private volatile boolean cancelled;

    Ramp(RunnerHome home, Population population, UserDispatcher dispatcher, int userCount, double spawnRate,
        List<Class<? extends User>> only, Runnable done) {
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

    /**
     * Ends the ramp where it is. Waits for the step that is being taken, so that no user comes afterwards, but not for what the ramp does when it is done:
     * that may itself want to stop the test.
     */
    void cancel() {
        cancelled = true;
        if (Thread.currentThread().equals(thread)) return;
        thread.interrupt();
        step.lock();
        step.unlock();
    }

    @Override public void run() {
        try {
            for (var next : dispatcher.dispatch(userCount, spawnRate, only)) {
                long begin = System.nanoTime();
                if (!take(next)) return;
                long wait = (long) (next.waitSeconds() * 1e9) - (System.nanoTime() - begin);
                if (wait > 0) Thread.sleep(Duration.ofNanos(wait));
            }
            if (!cancelled) done.run();
        } catch (InterruptedException stopped) {
            LOG.debug("The ramp to {} users was ended", userCount);
        } catch (RuntimeException problem) {
            LOG.error("The ramp to {} users failed: {}", userCount, problem.getMessage(), problem);
        }
    }

    private boolean take(UserDispatcher.Step next) throws InterruptedException {
        step.lock();
        try {
            if (cancelled) return false;
            apply(next.users().getOrDefault(WORKER, Map.of()));
            return true;
        } finally {
            step.unlock();
        }
    }

    /** Starts before it stops: stopping may take its time. */
    private void apply(Map<String, Integer> wanted) throws InterruptedException {
        var classes = home.environment().userClasses().stream().collect(Collectors.toMap(UserClass::name, Function.identity()));
        var surplus = new ArrayList<RunningUser>();
        for (var entry : wanted.entrySet()) {
            var type = classes.get(entry.getKey());
            if (type == null) continue;
            int lacking = entry.getValue() - population.count(type.name());
            if (lacking > 0) {
                home.events().spawning().fire(new Spawning(home.environment(), type, lacking));
                population.spawn(type, lacking);
            } else if (lacking < 0) {
                surplus.addAll(population.last(type.name(), -lacking));
            }
        }
        if (!surplus.isEmpty())
            Stopper.stop(surplus, home.environment().stopTimeout().or(() -> Optional.of(Duration.ofSeconds(0))), home.drain());
    }
}
