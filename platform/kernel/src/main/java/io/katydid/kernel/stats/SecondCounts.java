package io.katydid.kernel.stats;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** Counts per epoch second, immutable. */
final class SecondCounts {
    static final SecondCounts NONE = new SecondCounts(0, new int[0]);
    private final long first;
    private final int[] counts;

    private SecondCounts(long first, int[] counts) {
        this.first = first;
        this.counts = counts;
    }

    SecondCounts plus(long second, int count) {
        if (count == 0) return this;
        if (counts.length == 0) return new SecondCounts(second, new int[]{count});
        long from = Math.min(first, second);
        long to = Math.max(first + counts.length - 1, second);
        var grown = new int[(int) (to - from + 1)];
        System.arraycopy(counts, 0, grown, (int) (first - from), counts.length);
        grown[(int) (second - from)] += count;
        return new SecondCounts(from, grown);
    }

    SecondCounts plus(SecondCounts other) {
        var sum = this;
        for (int i = 0; i < other.counts.length; i++) sum = sum.plus(other.first + i, other.counts[i]);
        return sum;
    }

    /** Gives the mean over the seconds from {@code from} to before {@code to}; 0 when there are none. */
    double mean(long from, long to) {
        if (to <= from) return 0;
        long sum = 0;
        for (long second = Math.max(from, first); second < Math.min(to, first + counts.length); second++)
            sum += counts[(int) (second - first)];
        return (double) sum / (to - from);
    }

    Map<Long, Long> map() {
        var map = new TreeMap<Long, Long>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) map.put(first + i, (long) counts[i]);
        }
        return map;
    }

    @Override public String toString() { return first + ":" + Arrays.toString(counts); }
}
