package io.katydid.html;

/**
 * Is what happened in one step of a run; steps follow each other without a gap.
 *
 * @param from seconds from the start of the test to the start of the step
 * @param to seconds to its end
 * @param requests requests that ended in it
 * @param failures those that failed
 * @param users users at its end, the most of them when steps were put together
 * @param p50 median of the ten seconds before its end, ms, the largest of them when steps were put together; NaN when there is none
 * @param p90 90th percentile, likewise
 * @param p95 95th percentile, likewise
 * @param p99 99th percentile, likewise
 * @param busiestLoop busy share of the busiest loop, 0 to 1; NaN when there is none
 * @param wakeUpDelay how late users were woken, 99th percentile, ms; NaN when unknown
 * @param gcPause how long collections of garbage stopped Katydid in a second, ms; NaN when unknown
 * @param stolen how long the machine's host gave a core to other guests in a second, ms; NaN when unknown
 */
record Point(double from, double to, long requests, long failures, int users, double p50, double p90, double p95, double p99,
    double busiestLoop, double wakeUpDelay, double gcPause, double stolen) {

    /** Puts the next step to this one. Counts add up; percentiles cannot, so the worst stays: no peak is lost to a wider step. */
    Point plus(Point next) {
        return new Point(from, next.to, requests + next.requests, failures + next.failures, Math.max(users, next.users),
            most(p50, next.p50), most(p90, next.p90), most(p95, next.p95), most(p99, next.p99), most(busiestLoop, next.busiestLoop),
            most(wakeUpDelay, next.wakeUpDelay), most(gcPause, next.gcPause), most(stolen, next.stolen));
    }

    double seconds() { return to - from; }

    double rps() { return seconds() > 0 ? requests / seconds() : Double.NaN; }

    double failuresPerSecond() { return seconds() > 0 ? failures / seconds() : Double.NaN; }

    static double most(double one, double other) {
        if (Double.isNaN(one)) return other;
        return Double.isNaN(other) ? one : Math.max(one, other);
    }
}
