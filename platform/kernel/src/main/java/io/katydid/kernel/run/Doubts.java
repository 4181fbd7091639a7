package io.katydid.kernel.run;

import io.katydid.api.stats.Snapshot;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says of one run what makes its figures doubtful because the generator itself was short of something: a busy loop, users that were woken late, collections of
 * garbage, a host that gave its cores to others. Each is said in the log when it first happens, and counted in the run's record. The first seconds do not count: the JVM is still compiling then.
 */
final class Doubts {
    private static final double BUSY = 0.8;
    private static final double LATE_MILLIS = 20;
    private static final double PAUSE_MILLIS = 50;
    private static final double STOLEN_MILLIS = 50;
    private static final double COLD_SECONDS = 4;
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final KernelRun run;
    private final Doubt busy = new Doubt("busy", BUSY * 100,
        "A carrier loop was busy for more than 80 %% of %d seconds, %.0f %% at most, so response times contain waits for the generator. Start fewer users, or give"
            + " Katydid more cores (--loops).");
    private final Doubt late = new Doubt("late", LATE_MILLIS,
        "Users were woken more than 20 ms late in %d seconds, %.0f ms at most (99th percentile), so requests left later than they should. Start fewer users, or leave the"
            + " machine to Katydid.");
    private final Doubt paused = new Doubt("paused", PAUSE_MILLIS,
        "Collections of garbage stopped Katydid for more than 50 ms in %d seconds, %.0f ms at most, and response times contain that. Give it more memory, such as"
            + " KATYDID_JAVA_OPTS=-Xmx4g.");
    private final Doubt stolen = new Doubt("stolen", STOLEN_MILLIS,
        "The host of this virtual machine gave a core to its other guests for more than 50 ms in %d seconds, %.0f ms at most, and response times contain waits for it."
            + " Look at 'st' of top or vmstat, and take a machine that has its cores to itself.");

    Doubts(KernelRun run) {
        this.run = run;
    }

    /** Takes in what a second showed. */
    void look(Snapshot second) {
        if (second.runTime() < COLD_SECONDS) return;
        var health = second.health();
        busy.look(health.loopUtilisation().stream().mapToDouble(share -> share * 100).max().orElse(Double.NaN));
        late.look(health.wakeUpDelayP99Ms());
        paused.look(health.gcPauseMs());
        stolen.look(health.stolenMs());
    }

    private final class Doubt {
        private final String name;
        private final double limit;
        private final String text;
        private long seconds;
        private double most;

        Doubt(String name, double limit, String text) {
            this.name = name;
            this.limit = limit;
            this.text = text;
        }

        void look(double value) {
            if (!(value > limit)) return;
            seconds++;
            most = Math.max(most, value);
            var now = String.format(Locale.ROOT, text, seconds, most);
            if (seconds == 1) LOG.warn("{}", now);
            run.fault(name, now);
        }
    }
}
