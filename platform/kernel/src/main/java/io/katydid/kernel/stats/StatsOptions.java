package io.katydid.kernel.stats;

/**
 * Says how statistics are kept.
 *
 * @param maxNames how many names an interval tells apart before it counts under {@code (other)}
 * @param useResponseTimesCache whether percentiles of the last ten seconds are kept; a worker needs none
 * @param reports whether what is new since the last report is kept beside the totals from the start, for {@link Statistics#report}
 */
public record StatsOptions(int maxNames, boolean useResponseTimesCache, boolean reports) {

    /** Makes the options of statistics that report to nobody. */
    public StatsOptions(int maxNames, boolean useResponseTimesCache) {
        this(maxNames, useResponseTimesCache, false);
    }

    /** Gives 1,000 names, with the cache. */
    public static StatsOptions defaults() { return new StatsOptions(1000, true); }
}
