package io.katydid.api.stats;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/**
 * Shows the numbers of one (method, name), or of all requests together.
 *
 * <p>
 * Two kinds of percentile stand side by side. {@link #percentile} is exact:
 * from a histogram of microseconds with three digits.
 * {@link #responseTimePercentile} is the reference's: from buckets rounded to
 * two digits. All times are milliseconds; NaN means there is none.
 */
public interface EntrySnapshot {

    /** Gives the name; {@code Aggregated} for all together. */
    String name();

    /** Gives the method or the protocol's word; "" for all together. */
    String method();

    /** Gives the requests, failed ones included. */
    long numRequests();

    /** Gives the failed requests. */
    long numFailures();

    /** Gives the requests that were counted without a time. */
    long numNoneRequests();

    /**
     * Gives failures divided by requests: 1 when only failures were logged, 0 when
     * there is nothing.
     */
    double failRatio();

    /**
     * Gives the sum of all times divided by the timed requests; 0 when there are
     * none.
     */
    double avgResponseTime();

    /** Gives the smallest time; 0 when there is none. */
    double minResponseTime();

    /** Gives the largest time; 0 when there is none. */
    double maxResponseTime();

    /**
     * Gives the median from the reference's buckets, the lower of two, kept within
     * the smallest and the largest; 0 when there is none.
     */
    double medianResponseTime();

    /**
     * Gives requests per second over the ten seconds that ended two seconds before
     * the last request, as the reference does.
     */
    double currentRps();

    /** Gives failures per second over the same ten seconds. */
    double currentFailPerSec();

    /**
     * Gives requests divided by the seconds from the start of the statistics to the
     * last request of all.
     */
    double totalRps();

    /** Gives failures divided by the same seconds. */
    double totalFailPerSec();

    /** Gives the mean bytes of a response; 0 when there are none. */
    double avgContentLength();

    /**
     * Gives a percentile, {@code p} from 0 to 1, from the reference's buckets; NaN
     * when there is none.
     */
    double responseTimePercentile(double p);

    /**
     * Gives a percentile of the last ten seconds from the reference's buckets; NaN
     * when there is none.
     */
    double currentResponseTimePercentile(double p);

    /**
     * Gives a percentile, {@code p} from 0 to 1, exact to three digits; NaN when
     * there is none.
     */
    double percentile(double p);

    /**
     * Gives a percentile of the last ten seconds, exact to three digits; NaN when
     * there is none.
     */
    double currentPercentile(double p);

    /** Gives the exact distribution of all timed requests. */
    LatencyHistogram histogram();

    /** Gives the failures of this entry. */
    Collection<StatsError> failures();

    /**
     * Gives the failures as a JSON array of
     * {@code method, name, error, occurrences, first_seen, last_seen}.
     */
    String failuresJson();

    /**
     * Gives the epoch second of the first request or the last reset, with its
     * fraction.
     */
    double startTime();

    /** Gives the epoch second of the last request, with its fraction. */
    Optional<Double> lastRequestTimestamp();

    /** Gives the sum of all times. */
    double totalResponseTime();

    /** Gives the sum of all bytes received. */
    long totalContentLength();

    /** Gives the reference's buckets: rounded milliseconds and their count. */
    Map<Long, Long> responseTimes();

    /** Gives requests per epoch second. */
    Map<Long, Long> numReqsPerSec();

    /** Gives failures per epoch second. */
    Map<Long, Long> numFailPerSec();

    /**
     * Gives the figures by the reference's names of {@code /stats/requests}, in its
     * order: the smallest and the largest time in whole milliseconds, a half up; a
     * percentile of nothing is NaN.
     */
    default Map<String, Object> toMap() {
        return EntryFigures.of(this);
    }
}
