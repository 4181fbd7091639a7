package io.katydid.carrier;

/** Counts how late timers were, in buckets a quarter apart. Written by its loop, read by others: a count in transit is counted a moment later. */
final class Lateness {
    private static final int BUCKETS = 160;
    private volatile long[] counts = new long[BUCKETS];

    void add(long nanos) {
        counts[bucket(Math.max(1, nanos / 1000))]++;
    }

    /** Takes what has been counted since the last call and adds it to {@code sum}. */
    void drainTo(long[] sum) {
        var taken = counts;
        counts = new long[BUCKETS];
        for (int i = 0; i < BUCKETS; i++) sum[i] += taken[i];
    }

    static long[] empty() { return new long[BUCKETS]; }

    /** Gives the 99th percentile in milliseconds; NaN when there is nothing. */
    static double p99Millis(long[] counts) {
        long total = 0;
        for (long count : counts) total += count;
        if (total == 0) return Double.NaN;
        long left = (long) (total * 0.01);
        for (int i = BUCKETS - 1; i >= 0; i--) {
            left -= counts[i];
            if (left < 0) return upperMicros(i) / 1000.0;
        }
        return Double.NaN;
    }

    private static int bucket(long micros) {
        int power = 63 - Long.numberOfLeadingZeros(micros);
        int quarter = power < 2 ? 0 : (int) ((micros >> (power - 2)) & 3);
        return Math.min(BUCKETS - 1, power * 4 + quarter);
    }

    private static double upperMicros(int bucket) { return Math.pow(2, bucket / 4) * (1 + (bucket % 4 + 1) / 4.0); }
}
