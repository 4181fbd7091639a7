package io.katydid.api.stats;

import java.util.Collection;
import java.util.List;

/**
 * Holds the statistics of an environment. Reading shows the newest snapshot, at
 * most a second old. Any thread.
 */
public interface RequestStats {

    /** Gives the entry of all requests together. */
    StatsEntry total();

    /** Gives the entries, sorted by name and method. */
    Collection<StatsEntry> entries();

    /** Gives the entry of a name and method, and makes it when there is none. */
    StatsEntry get(String name, String method);

    /** Gives the failures of all entries. */
    Collection<StatsError> errors();

    /** Gives the exceptions that left tasks and hooks. */
    List<ExceptionEntry> exceptions();

    /** Gives one item for each five seconds of the run. */
    List<HistoryItem> history();

    /**
     * Sets all entries to zero, drops failures and history and fires
     * {@code reset_stats}.
     */
    void resetAll();

    /** Drops all entries, failures and history. */
    void clearAll();

    /** Gives all of it as it is now, immutable. */
    Snapshot snapshot();
}
