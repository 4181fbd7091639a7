package io.katydid.carrier;

import java.util.List;

/** Counts how late timers were, in buckets a quarter apart. Written by its loop only; read by others, who may see a count a moment later. */
final class Lateness {
    private static final int BUCKETS = 160;
    private final long[] counts = new long[BUCKETS];

    void add(long nanos) {
        counts[bucket(Math.max(1, nanos / 1000))]++;
    }

    private static int bucket(long micros) {
        int power = 63 - Long.numberOfLeadingZeros(micros);
        return Math.min(BUCKETS - 1, power * 4 + (int) (((micros << 2) >> power) & 3));
    }

    private static double upperMicros(int bucket) { return Math.pow(2, bucket / 4) * (1 + (bucket % 4 + 1) / 4.0); }

    /** Reads what several loops have counted since it was last asked. The counts only grow, so none is lost between two readings. One thread at a time. */
    static final class Reader {
        private final long[] seen = new long[BUCKETS];

        /** Gives the 99th percentile in milliseconds; NaN when there is nothing new. */
        double p99Millis(List<Lateness> all) {
            var fresh = new long[BUCKETS];
            long total = 0;
            for (int i = 0; i < BUCKETS; i++) {
                long now = 0;
                for (var one : all) now += one.counts[i];
                fresh[i] = now - seen[i];
                seen[i] = now;
                total += fresh[i];
            }
            if (total == 0) return Double.NaN;
            long left = (long) (total * 0.01);
            for (int i = BUCKETS - 1; i >= 0; i--) {
                left -= fresh[i];
                if (left < 0) return upperMicros(i) / 1000.0;
            }
            return Double.NaN;
        }
    }
}
