package io.katydid.kernel.stats;

/**
 * Says how statistics are kept.
 *
 * @param maxNames how many names an interval tells apart before it counts under {@code (other)}
 * @param useResponseTimesCache whether percentiles of the last ten seconds are kept; a worker needs none
 */
public record StatsOptions(int maxNames, boolean useResponseTimesCache) {

    /** Gives 1,000 names, with the cache. */
    public static StatsOptions defaults() { return new StatsOptions(1000, true); }
}
