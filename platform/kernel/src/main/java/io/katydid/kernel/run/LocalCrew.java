package io.katydid.kernel.run;

import io.katydid.api.State;
import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher;
import io.katydid.api.event.Spawning;
import io.katydid.kernel.users.RunningUser;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the users in this process. */
public class LocalCrew implements Crew {
    /** Is the one id that users of this process are distributed over. */
    public static final String WORKER = "local";
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private static final double HIGH_RATE = 100;
    private static final long FOR_EVER_NANOS = TimeUnit.DAYS.toNanos(10_000);
    private final RunnerHome home;
    private final Population population;
    private volatile Map<String, Integer> wanted = Map.of();

    /** Makes one for a population. */
    public LocalCrew(RunnerHome home, Population population) {
        this.home = home;
        this.population = population;
    }

    @Override public List<String> workers() { return List.of(WORKER); }

    @Override public int count() { return population.count(); }

    @Override public Map<String, Integer> counts() { return population.counts(); }

    @Override public boolean ready() { return true; }

    @Override public void ordered(int userCount, double spawnRate) {
        if (spawnRate > HIGH_RATE && home.carriers().all().size() * 100_000.0 < spawnRate) {
            LOG.warn("Your selected spawn rate is very high ({} per second): users may start later than asked for.", spawnRate);
        }
        LOG.info("Ramping to {} users at a rate of {} per second", userCount, String.format(Locale.ROOT, "%.2f", spawnRate));
    }

    @Override public void open(KernelRun run) {
        population.open();
    }

    @Override public boolean take(Ramp ramp, UserDispatcher.Step step) {
        var counts = step.users().getOrDefault(WORKER, Map.of());
        if (!ramp.unlessCancelled(() -> wanted = counts)) return false;
        var classes = home.environment().userClasses().stream().collect(Collectors.toMap(UserClass::name, Function.identity()));
        var surplus = new ArrayList<RunningUser>();
        for (var entry : counts.entrySet()) {
            var type = classes.get(entry.getKey());
            if (type == null || !home.mayStart(type)) continue;
            int lacking = entry.getValue() - population.staying(type.name());
            if (lacking > 0 && !spawn(ramp, type, lacking)) return false;
            // A ramp that was replaced counts users that are not its own any more.
            if (lacking < 0) ramp.unlessCancelled(() -> surplus.addAll(population.dismiss(type.name(), -lacking)));
        }
        return surplus.isEmpty() ? !ramp.isCancelled() : stop(ramp, surplus);
    }

    private boolean spawn(Ramp ramp, UserClass type, int users) {
        if (ramp.isCancelled()) return false;
        home.events().spawning().fire(new Spawning(home.environment(), type, users));
        return ramp.unlessCancelled(() -> population.spawn(type, users));
    }

    /** Waits for the users to end, or for the end of the ramp: a thread of their own stops them, whatever becomes of the ramp. */
    private boolean stop(Ramp ramp, List<RunningUser> surplus) {
        var ended = new AtomicBoolean();
        Thread.ofPlatform().daemon().name("katydid-ramp-down").start(() -> {
            Stopper.stop(surplus, home);
            ended.set(true);
            ramp.wake();
        });
        return ramp.await(System.nanoTime() + FOR_EVER_NANOS, ended::get);
    }

    /** Brings the users of classes back that could not be started for a while: their bundle was away. At the rate of the ramp, on a thread of its own, until the ramp is replaced or the test ends. */
    void refill(Ramp ramp, Collection<UserClass> types) {
        Thread.ofPlatform().daemon().name("katydid-refill").start(() -> {
            for (var type : types) {
                for (int lacking = lacking(type); lacking > 0; lacking--) {
                    if (!spawn(ramp, type, 1) || !ramp.rest(System.nanoTime() + (long) (1e9 / ramp.spawnRate()))) return;
                }
            }
        });
    }

    private int lacking(UserClass type) { return wanted.getOrDefault(type.name(), 0) - population.staying(type.name()); }

    @Override public void settle(Ramp ramp) {
        // Users are there when they were started.
    }

    @Override public State ending() { return State.CLEANUP; }

    @Override public void end() {
        Stopper.stop(population.close(), home);
    }
}
