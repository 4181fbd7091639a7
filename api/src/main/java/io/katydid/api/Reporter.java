package io.katydid.api;

import io.katydid.api.event.RequestEvent;
import io.katydid.api.stats.Snapshot;
import java.util.List;

/**
 * Reports a run. It is called on a thread of its own and may block: it never
 * delays a user.
 *
 * <p>
 * Order: {@link #started}, then snapshots and batches, then one snapshot with
 * {@link Snapshot#last()}, which holds every request.
 */
public interface Reporter extends Plugin {

    /**
     * Tells whether it reports on workers too. By default it does not: the figures
     * of all workers come together at their master, are reported there, and
     * {@link #init} is not even called on a worker. Say
     * true for what only the process of a user knows, such as its requests.
     */
    default boolean onWorkers() {
        return false;
    }

    /** Hears that a test started. */
    default void started(Environment environment) throws Exception {
    }

    /**
     * Takes requests in batches. Collected only when overridden; the queue is
     * bounded and drops are counted and shown.
     */
    default void requests(List<RequestEvent> batch) throws Exception {
    }

    /**
     * Takes the statistics of a second; the last one of a run has {@code last()}.
     */
    default void snapshot(Snapshot second) throws Exception {
    }

    /**
     * Hears that the process ends, after {@code quitting} and the decision on the
     * exit code: print what is to be printed last.
     */
    default void finished(Environment environment, int exitCode) throws Exception {
    }
}
