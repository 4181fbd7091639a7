package io.katydid.api.stats;

/**
 * Shows the newest numbers of one (method, name) of a running environment, at
 * most a second old, and takes numbers from elsewhere. Any thread.
 */
public interface StatsEntry extends EntrySnapshot {

    /**
     * Adds a request that was measured elsewhere. {@code responseTimeMs} NaN:
     * counted, not timed. The reference's {@code log}.
     */
    void logResponse(double responseTimeMs, long responseLength);

    /** Makes the request that was added last a failure with this text. */
    void logError(Throwable exception);
}
