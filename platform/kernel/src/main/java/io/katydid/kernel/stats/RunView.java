package io.katydid.kernel.stats;

import io.katydid.api.State;
import io.katydid.api.stats.Snapshot;
import java.util.Map;

/** Is what a snapshot tells of the run beside its statistics. Any thread. */
public interface RunView {

    /** Gives the state. */
    State state();

    /** Gives users per class name. */
    Map<String, Integer> userCounts();

    /** Gives the seconds since the test started. */
    double runTime();

    /** Gives the platform's health since the last call. */
    Snapshot.Health health();
}
