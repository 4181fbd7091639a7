package io.katydid.api;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Is one test from start to stop: its parameters, what happened meanwhile, and
 * what makes its figures doubtful. Any thread.
 */
public interface Run {

    /** Gives an id that is unique among all runs. */
    String id();

    /** Gives when it started. */
    Instant startTime();

    /** Gives when it ended; empty while it runs. */
    Optional<Instant> endTime();

    /**
     * Gives users, spawn rate, run time, host, user classes, shape, tags, labels
     * and profile, by the names of their options.
     */
    Map<String, Object> parameters();

    /** Gives what happened meanwhile, in order of time. */
    List<Mark> marks();

    /** Adds a mark with the time of the call. */
    void mark(String what);

    /**
     * Gives what makes the figures doubtful, such as a stalled loop; empty for a
     * sound run.
     */
    List<String> faults();

    /**
     * Is one thing that happened in a run.
     *
     * @param time
     *            when
     * @param what
     *            such as {@code ramp done}
     */
    record Mark(Instant time, String what) {
    }
}
