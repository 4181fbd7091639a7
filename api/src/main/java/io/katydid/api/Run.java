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
     * Gives what each worker did, in the order of their numbers; empty when no
     * workers take part.
     */
    List<Share> shares();

    /**
     * Is what one worker did in a run.
     *
     * @param workerId
     *            the worker
     * @param index
     *            its number at the master, from 0
     * @param mostUsers
     *            the most users it had
     * @param requests
     *            its requests that are in the figures
     * @param cpuPercent
     *            the most it used of the cores it has, in percent; 90 is too much
     * @param memoryBytes
     *            the most memory it used
     * @param state
     *            how it is, or how it ended
     */
    record Share(String workerId, int index, int mostUsers, long requests, double cpuPercent, long memoryBytes, State state) {
    }

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
