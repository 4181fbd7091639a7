package io.katydid.demo;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Draws how long a route takes: log-normal around a median, as real services are, so that the percentiles have something to show.
 *
 * @param medianMs the median in milliseconds
 * @param spread the standard deviation of the logarithm; 0.3 is calm, 0.8 has a long tail
 */
record Latency(double medianMs, double spread) {

    /** Draws one, in whole milliseconds, at least 1. */
    long drawMs() {
        return Math.max(1, Math.round(medianMs * Math.exp(spread * ThreadLocalRandom.current().nextGaussian())));
    }
}
