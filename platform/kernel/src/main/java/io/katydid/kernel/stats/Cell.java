package io.katydid.kernel.stats;

import org.HdrHistogram.IntCountsHistogram;
import org.jspecify.annotations.Nullable;

/** Counts one entry during one interval. Written by one thread at a time, then merged and cleared. */
final class Cell {
    private static final int DIGITS = 3;
    final Key key;
    long requests;
    long failures;
    long none;
    long bytes;
    long sumNanos;
    double minMillis = Double.POSITIVE_INFINITY;
    double maxMillis;
    long startNanos = Long.MAX_VALUE;
    long lastNanos = Long.MIN_VALUE;
    final Buckets buckets = new Buckets();
    @Nullable IntCountsHistogram ok;
    @Nullable IntCountsHistogram failed;
    SecondCounts requestsPerSecond = SecondCounts.NONE;
    SecondCounts failuresPerSecond = SecondCounts.NONE;
    private long second;
    private int requestsThisSecond;
    private int failuresThisSecond;

    Cell(Key key) {
        this.key = key;
    }

    /** Adds a request. {@code endNanos} is nanoseconds of the epoch; a negative duration is counted, not timed. */
    void add(long endNanos, long durationNanos, long length, boolean failure) {
        requests++;
        bytes += length;
        if (endNanos > lastNanos) lastNanos = endNanos;
        count(endNanos / 1_000_000_000L, failure);
        if (durationNanos < 0) {
            none++;
        } else {
            time(durationNanos, failure);
        }
    }

    /** Makes one of the requests counted already a failure. */
    void addFailure(long endNanos) {
        failures++;
        turnTo(endNanos / 1_000_000_000L);
        failuresThisSecond++;
    }

    private void count(long now, boolean failure) {
        turnTo(now);
        requestsThisSecond++;
        if (failure) {
            failures++;
            failuresThisSecond++;
        }
    }

    private void time(long durationNanos, boolean failure) {
        double millis = durationNanos / 1e6;
        sumNanos += durationNanos;
        if (millis < minMillis) minMillis = millis;
        if (millis > maxMillis) maxMillis = millis;
        buckets.add(millis);
        histogram(failure).recordValue(Math.max(1, (durationNanos + 500) / 1000));
    }

    private IntCountsHistogram histogram(boolean failure) {
        if (failure) {
            if (failed == null) failed = new IntCountsHistogram(DIGITS);
            return failed;
        }
        if (ok == null) ok = new IntCountsHistogram(DIGITS);
        return ok;
    }

    private void turnTo(long now) {
        if (now == second) return;
        flushSecond();
        second = now;
    }

    /** Puts the running second into the interval; before the merge. */
    void flushSecond() {
        requestsPerSecond = requestsPerSecond.plus(second, requestsThisSecond);
        failuresPerSecond = failuresPerSecond.plus(second, failuresThisSecond);
        requestsThisSecond = 0;
        failuresThisSecond = 0;
    }

    /** Adds to this one what another counted and has flushed. */
    void absorb(Cell other) {
        requests += other.requests;
        failures += other.failures;
        none += other.none;
        bytes += other.bytes;
        sumNanos += other.sumNanos;
        minMillis = Math.min(minMillis, other.minMillis);
        maxMillis = Math.max(maxMillis, other.maxMillis);
        startNanos = Math.min(startNanos, other.startNanos);
        lastNanos = Math.max(lastNanos, other.lastNanos);
        buckets.absorb(other.buckets);
        if (other.ok != null) histogram(false).add(other.ok);
        if (other.failed != null) histogram(true).add(other.failed);
        requestsPerSecond = requestsPerSecond.plus(other.requestsPerSecond);
        failuresPerSecond = failuresPerSecond.plus(other.failuresPerSecond);
    }

    /** Adds to this one what somebody reports. */
    void absorb(Delta.Entry reported) {
        requests += reported.requests();
        failures += reported.failures();
        none += reported.untimed();
        bytes += reported.bytes();
        sumNanos += reported.sumNanos();
        minMillis = Math.min(minMillis, reported.minMillis());
        maxMillis = Math.max(maxMillis, reported.maxMillis());
        startNanos = Math.min(startNanos, reported.startNanos());
        lastNanos = Math.max(lastNanos, reported.lastNanos());
        reported.responseTimes().forEach(buckets::add);
        if (reported.ok().count() > 0) reported.ok().addTo(histogram(false));
        if (reported.failed().count() > 0) reported.failed().addTo(histogram(true));
        requestsPerSecond = requestsPerSecond.plus(reported.requestsPerSecond());
        failuresPerSecond = failuresPerSecond.plus(reported.failuresPerSecond());
    }

    /** Says whether so much more fits: one value of a histogram is counted in an {@code int}, the sum of times in a {@code long}. */
    boolean hasRoomFor(long moreRequests, long moreNanos) {
        return requests <= Integer.MAX_VALUE - moreRequests && sumNanos <= Long.MAX_VALUE - moreNanos;
    }

    boolean isEmpty() { return requests == 0 && failures == 0; }

    void clear() {
        requests = failures = none = bytes = 0;
        sumNanos = 0;
        maxMillis = 0;
        minMillis = Double.POSITIVE_INFINITY;
        startNanos = Long.MAX_VALUE;
        lastNanos = Long.MIN_VALUE;
        buckets.clear();
        if (ok != null) ok.reset();
        if (failed != null) failed.reset();
        requestsPerSecond = failuresPerSecond = SecondCounts.NONE;
    }
}
