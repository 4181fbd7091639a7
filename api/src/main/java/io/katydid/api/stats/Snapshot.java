package io.katydid.api.stats;

import io.katydid.api.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Holds the statistics of one moment; immutable, one each second. */
public interface Snapshot {

    /** Gives the moment. */
    Instant time();

    /** Gives the seconds since the test started; 0 before. */
    double runTime();

    /** Tells whether it is the last of a run: every request is in it. */
    boolean last();

    /** Gives the state of the runner. */
    State state();

    /** Gives the number of users. */
    int userCount();

    /** Gives the number of users per class name. */
    Map<String, Integer> userCounts();

    /** Gives the entry of all requests together. */
    EntrySnapshot total();

    /** Gives the entries, sorted by name and method. */
    List<EntrySnapshot> entries();

    /** Gives the failures. */
    List<StatsError> errors();

    /** Gives the exceptions. */
    List<ExceptionEntry> exceptions();

    /**
     * Gives the requests that the end of the drain cut off, per name: neither
     * requests nor failures.
     */
    Map<String, Long> cancelled();

    /** Gives the platform's own health: loops, listeners, reporters. */
    Health health();

    /**
     * Is how well the platform itself kept up.
     *
     * @param loopUtilisation
     *            for each carrier loop the busy share of the last second, 0 to 1;
     *            empty without loops
     * @param wakeUpDelayP99Ms
     *            how late sleeping users were woken, 99th percentile of the last
     *            second; NaN when unknown
     * @param gcPauseMs
     *            how long collections of garbage stopped the process in the last
     *            second; NaN when unknown
     * @param stolenMs
     *            how long the host of a virtual machine gave a core to its other
     *            guests in the last second while it had work, of the core it took
     *            most from (<em>steal</em> of Linux); NaN when unknown
     * @param droppedForReporters
     *            requests that reporters did not get because their queue was full
     */
    record Health(List<Double> loopUtilisation, double wakeUpDelayP99Ms, double gcPauseMs, double stolenMs, long droppedForReporters) {
    }
}
