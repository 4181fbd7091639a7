package io.katydid.limits;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.KatydidException;
import io.katydid.api.Plugin;
import io.katydid.api.StopUser;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a run after exactly so many tasks of all users together: {@code --iterations}. A task set does not count, its tasks do. */
@Extension
public final class Iterations implements Plugin {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.limits");
    static final Option<Integer> ITERATIONS = Option.integer("--iterations").alias("-i").env("LOCUST_ITERATIONS").placeholder("N")
        .defaultValue(0).help("Run at most this number of task iterations, and end when they have finished; 0 is no limit");
    private static final Duration LOOK = Duration.ofMillis(50);
    private final AtomicLong started = new AtomicLong();
    private volatile boolean reached;

    /** Makes one; the platform does. */
    public Iterations() {}

    @Override public void options(OptionRegistry options) {
        options.add(ITERATIONS);
    }

    @Override public void init(Environment environment) {
        int limit = environment.parsedOptions().get(ITERATIONS);
        if (limit < 0) throw new KatydidException("--iterations is " + limit + ". Give the number of tasks to run, or 0 for no limit.");
        if (limit == 0) return;
        environment.events().testStart().addListener(_ -> {
            started.set(0);
            reached = false;
        });
        environment.events().taskStart().addListener(_ -> take(limit));
        environment.every(LOOK, () -> quitWhenDone(environment));
    }

    private void take(int limit) {
        long number = started.getAndIncrement();
        if (number < limit) return;
        if (number == limit) {
            LOG.info("Iteration limit reached ({}), stopping Users at the start of their next task run", limit);
            reached = true;
        }
        throw new StopUser();
    }

    /** Users that run yet are those whose task counted. */
    private void quitWhenDone(Environment environment) {
        if (!reached || environment.runner().userCount() > 0) return;
        reached = false;
        LOG.info("Last user stopped, quitting runner");
        environment.runner().quit();
    }
}
