package io.katydid.kernel.run;

import io.katydid.api.KatydidException;
import io.katydid.api.User;
import io.katydid.api.UserDispatcher;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows how many users of which classes a test is to have, how fast they come, and who deals them out. Planned in the turn; what was asked for is read by any thread. */
final class Planning {
    private final RunnerHome home;
    private final Crew crew;
    private volatile int userCount;
    private volatile double spawnRate = 1;
    private List<Class<? extends User>> chosen = List.of();
    private @Nullable UserDispatcher dispatcher;

    Planning(RunnerHome home, Crew crew) {
        this.home = home;
        this.crew = crew;
    }

    static void check(int userCount, double spawnRate) {
        if (userCount < 0) throw new KatydidException("The number of users is " + userCount + ". Give 0 or more.");
        if (!(spawnRate > 0) || Double.isInfinite(spawnRate))
            throw new KatydidException("The spawn rate is " + spawnRate + " users per second. It must be > 0.");
    }

    /** Gives the number of users asked for. */
    int userCount() { return userCount; }

    /** Gives the users per second asked for. */
    double spawnRate() { return spawnRate; }

    /** Gives the classes the test was narrowed to; none for all. */
    List<Class<? extends User>> chosen() { return chosen; }

    /** Begins the plan of a test, for who is in the crew now. */
    void begin(int users) {
        userCount = users;
        chosen = List.of();
        dispatcher = home.dispatcher().create(home.environment().userClasses(), crew.workers());
        if (!crew.weights().isEmpty()) crewChanged();
    }

    /** Deals users over the crew from now on as it is now; nothing before the first test. */
    void crewChanged() {
        var dealer = dispatcher;
        if (dealer == null) return;
        // The ramp may be asking it for steps.
        synchronized (dealer) {
            dealer.weights(crew.weights());
            dealer.workers(crew.workers());
        }
    }

    /** Plans the way to a number of users of these classes, all when there are none. */
    Ramp.Plan plan(int users, double rate, List<Class<? extends User>> only) {
        var dealer = dispatcher;
        if (dealer == null) throw new IllegalStateException("Users were ordered before their test began.");
        chosen = List.copyOf(only);
        return new Ramp.Plan(users, rate, dealer, () -> dealer.dispatch(users, rate, only).iterator());
    }

    /** Plans exactly these users per class, at once. */
    static Ramp.Plan exactly(Map<String, Integer> counts) {
        int users = counts.values().stream().mapToInt(Integer::intValue).sum();
        var step = new UserDispatcher.Step(Map.of(LocalCrew.WORKER, Map.copyOf(counts)), 0);
        return new Ramp.Plan(users, Math.max(1, users), step, List.of(step));
    }

    /** Takes in what is brought about now. */
    void ordered(Ramp.Plan plan) {
        userCount = plan.userCount();
        spawnRate = plan.spawnRate();
    }
}
