package io.katydid.api.stats;

/**
 * Is an immutable distribution of times: microseconds inside, three significant
 * digits, no upper limit.
 */
public interface LatencyHistogram {

    /** Gives the number of values. */
    long count();

    /** Gives the smallest value in ms; NaN when empty. */
    double minMs();

    /** Gives the largest value in ms; NaN when empty. */
    double maxMs();

    /** Gives the mean in ms; NaN when empty. */
    double meanMs();

    /** Gives the standard deviation in ms; NaN when empty. */
    double stdDeviationMs();

    /** Gives a percentile in ms, {@code p} from 0 to 1; NaN when empty. */
    double percentileMs(double p);

    /** Counts the values up to and including so many ms. */
    long countUpTo(double ms);

    /** Gives both distributions together; neither is changed. */
    LatencyHistogram plus(LatencyHistogram other);

    /**
     * Gives what came after an earlier one of the same entry, as an interval has
     * it; neither is changed.
     */
    LatencyHistogram minus(LatencyHistogram earlier);

    /** Gives the compressed HdrHistogram V2 encoding, values in microseconds. */
    byte[] encoded();
}
