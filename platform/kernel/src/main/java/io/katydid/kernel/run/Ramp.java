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

    /** Ends the ramp where it is and waits for it, unless the ramp itself asks. */
    void cancel() {
        thread.interrupt();
        if (Thread.currentThread().equals(thread)) return;
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException later) {
                interrupted = true;
            }
        }
        if (interrupted) Thread.currentThread().interrupt();
    }

    @Override public void run() {
        try {
            for (var step : dispatcher.dispatch(userCount, spawnRate, only)) {
                long begin = System.nanoTime();
                apply(step.users().getOrDefault(WORKER, Map.of()));
                long wait = (long) (step.waitSeconds() * 1e9) - (System.nanoTime() - begin);
                if (wait > 0) Thread.sleep(Duration.ofNanos(wait));
                if (Thread.interrupted()) return;
            }
            done.run();
        } catch (InterruptedException cancelled) {
            LOG.debug("The ramp to {} users was ended", userCount);
        } catch (RuntimeException problem) {
            LOG.error("The ramp to {} users failed: {}", userCount, problem.getMessage(), problem);
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
