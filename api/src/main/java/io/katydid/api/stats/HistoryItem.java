package io.katydid.api.stats;

import java.time.Instant;

/**
 * Is one point of the charts.
 *
 * @param time
 *            when
 * @param userCount
 *            users
 * @param currentRps
 *            requests per second
 * @param currentFailPerSec
 *            failures per second
 * @param responseTimePercentile50
 *            median of the last ten seconds, ms, rounded; NaN when none
 * @param responseTimePercentile95
 *            95th percentile of the last ten seconds, ms, rounded; NaN when
 *            none
 * @param totalAvgResponseTime
 *            mean of the run so far, ms
 */
public record HistoryItem(Instant time, int userCount, double currentRps, double currentFailPerSec,
    double responseTimePercentile50, double responseTimePercentile95, double totalAvgResponseTime) {
}
