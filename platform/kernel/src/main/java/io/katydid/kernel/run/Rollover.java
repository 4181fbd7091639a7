package io.katydid.kernel.run;

import io.katydid.kernel.users.RunningUser;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for the users of an older revision to go. When they are to be rolled, each is told to end after its present task, at the rate of the ramp, and is followed at once by one of the newer revision;
 * when their bundle was removed at once, by nobody.
 * Has a thread of its own until the last of them has gone.
 */
public final class Rollover {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private static final long STEP_MILLIS = 10;
    private static final long LOOK_MILLIS = 100;
    private final Population population;
    private final Function<RunningUser, Optional<Way>> ways;
    private final double perStep;
    private final Runnable drained;
    private final Set<RunningUser> told = new LinkedHashSet<>();
    private volatile int users;

    /** Is what becomes of a user of the older revision. */
    public enum Way {
        /** It runs on until the test ends. */
        STAYS,
        /** It ends after its present task, and one of the newer revision follows. */
        FOLLOWED,
        /** It ends after its present task, and nobody follows. */
        ENDS
    }

    /** Makes one; {@code ways} gives nothing for users of other revisions. */
    Rollover(Population population, Function<RunningUser, Optional<Way>> ways, double perSecond, Runnable drained) {
        this.population = population;
        this.ways = ways;
        this.perStep = Math.max(perSecond, 1) * STEP_MILLIS / 1000;
        this.drained = drained;
    }

    /** Gives how many users of the older revision there still are. */
    public int users() { return users; }

    Rollover start() {
        users = present().size();
        Thread.ofPlatform().daemon().name("katydid-rollover").start(this::run);
        return this;
    }

    private List<RunningUser> present() { return population.all().stream().filter(user -> ways.apply(user).isPresent()).toList(); }

    private void run() {
        try {
            // Looked at again each time: a user may have been on its way into the population.
            for (var left = present(); !left.isEmpty(); left = present()) {
                users = left.size();
                roll(left);
                TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
            }
            users = 0;
            told.clear();
            drained.run();
        } catch (InterruptedException never) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | LinkageError problem) {
            LOG.error("An older revision could not be left: {}", problem.toString(), problem);
        }
    }

    private void roll(List<RunningUser> left) throws InterruptedException {
        told.retainAll(left);
        double due = 0;
        for (var user : left) {
            var way = ways.apply(user).orElse(Way.STAYS);
            if (way == Way.STAYS || !told.add(user)) continue;
            for (due -= 1; due < 0; due += perStep) TimeUnit.MILLISECONDS.sleep(STEP_MILLIS);
            if (way == Way.FOLLOWED) population.follow(user);
            user.finishTask();
        }
    }
}
