package io.katydid.kernel.run;

import io.katydid.api.event.ResetStats;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import io.katydid.api.State;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives reporters the statistics of each second of a test, and keeps the last of them the last one. */
final class Seconds {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final RunnerHome home;
    private final Supplier<State> state;
    private final Object lock = new Object();
    private Doubts doubts = new Doubts(new KernelRun(Map.of()));

    Seconds(RunnerHome home, Supplier<State> state) {
        this.home = home;
        this.state = state;
    }

    void startOn(ScheduledExecutorService ticker) {
        ticker.scheduleAtFixedRate(this::tick, 1, 1, TimeUnit.SECONDS);
    }

    private void tick() {
        try {
            synchronized (lock) {
                var now = state.get();
                if (now == State.SPAWNING || now == State.RUNNING || now == State.CLEANUP) snapshot(false);
            }
        } catch (RuntimeException problem) {
            LOG.error("The statistics of a second could not be taken", problem);
        }
    }

    private void snapshot(boolean last) {
        var second = home.statistics().second(last);
        if (!last) doubts.look(second);
        home.reporters().snapshot(second);
    }

    /** Begins a run. */
    void begin(KernelRun run) {
        synchronized (lock) {
            doubts = new Doubts(run);
        }
    }

    /** Does {@code ended} and gives the last snapshot: none comes after it. */
    void end(Runnable ended) {
        synchronized (lock) {
            ended.run();
            snapshot(true);
        }
    }

    /** Gives all that was recorded so far as the last of the test, for a process that ends under it; nothing when the test has ended. */
    void cutShort() {
        synchronized (lock) {
            if (state.get() != State.STOPPED) snapshot(true);
        }
    }

    /** Begins the statistics anew; not after the last snapshot, for a listener may have stopped the test. Tells whether it did. */
    boolean reset(BooleanSupplier active) {
        synchronized (lock) {
            if (!active.getAsBoolean()) return false;
            LOG.info("Resetting stats");
            home.statistics().restart();
        }
        // Not under the lock: listeners may stop the test.
        home.events().resetStats().fire(new ResetStats(home.environment()));
        return true;
    }
}
