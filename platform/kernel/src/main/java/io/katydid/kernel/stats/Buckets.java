package io.katydid.kernel.stats;

import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Counts times in the reference's buckets: milliseconds rounded to 1 below 100, to 10 below 1,000, to 100 below 10,000, else to 1,000, each half to even as
 * Python's {@code round} does. An array up to 1,000 seconds, a map beyond: a session of a day must not cost an array of its length.
 */
final class Buckets {
    private static final int TENS = 101;
    private static final int HUNDREDS = TENS + 90;
    private static final int THOUSANDS = HUNDREDS + 90;
    private static final int FAR = THOUSANDS + 990;
    private long[] counts;
    private NavigableMap<Long, Long> far;

    Buckets() {
        this(new long[0], Collections.emptyNavigableMap());
    }

    private Buckets(long[] counts, NavigableMap<Long, Long> far) {
        this.counts = counts;
        this.far = far;
    }

    void add(double millis) {
        addRounded(round(millis), 1);
    }

    /** Adds so many of a time; one that is no bucket's is rounded to one. */
    void add(long millis, long count) {
        addRounded(round(millis), count);
    }

    private void addRounded(long rounded, long count) {
        int index = index(rounded);
        if (index >= FAR) {
            if (far.isEmpty()) far = new TreeMap<>();
            far.merge(rounded, count, Long::sum);
            return;
        }
        if (index >= counts.length) counts = Arrays.copyOf(counts, Math.max(index + 1, Math.min(THOUSANDS + 64, counts.length * 2 + 64)));
        counts[index] += count;
    }

    void clear() {
        Arrays.fill(counts, 0);
        far = Collections.emptyNavigableMap();
    }

    /** Adds to this one what the other counted. */
    void absorb(Buckets other) {
        if (counts.length < other.counts.length) counts = Arrays.copyOf(counts, other.counts.length);
        for (int i = 0; i < other.counts.length; i++) counts[i] += other.counts[i];
        if (!other.far.isEmpty()) far = merged(far, other.far, 1);
    }

    Buckets plus(Buckets other) {
        var sum = Arrays.copyOf(counts, Math.max(counts.length, other.counts.length));
        for (int i = 0; i < other.counts.length; i++) sum[i] += other.counts[i];
        return new Buckets(sum, other.far.isEmpty() ? far : merged(far, other.far, 1));
    }

    Buckets minus(Buckets earlier) {
        var rest = counts.clone();
        for (int i = 0; i < Math.min(rest.length, earlier.counts.length); i++) rest[i] -= earlier.counts[i];
        return new Buckets(rest, earlier.far.isEmpty() ? far : merged(far, earlier.far, -1));
    }

    private static NavigableMap<Long, Long> merged(NavigableMap<Long, Long> one, NavigableMap<Long, Long> other, int sign) {
        var sum = new TreeMap<>(one);
        other.forEach((value, count) -> sum.merge(value, sign * count, Long::sum));
        sum.values().removeIf(count -> count == 0);
        return sum;
    }

    Map<Long, Long> map() {
        var map = new TreeMap<Long, Long>();
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) map.put(value(i), counts[i]);
        }
        map.putAll(far);
        return map;
    }

    long total() {
        long total = Arrays.stream(counts).sum();
        for (long count : far.values()) total += count;
        return total;
    }

    /** Walks from the highest bucket down until so many are left that {@code p} of all lie at or below; 0 when there is nothing. */
    long percentile(double p) {
        long total = total();
        long wanted = (long) (total * p);
        long seen = 0;
        for (var bucket : far.descendingMap().entrySet()) {
            seen += bucket.getValue();
            if (total - seen <= wanted) return bucket.getKey();
        }
        for (int i = counts.length - 1; i >= 0; i--) {
            if (counts[i] == 0) continue;
            seen += counts[i];
            if (total - seen <= wanted) return value(i);
        }
        return 0;
    }

    /** Gives the bucket of the middle one, of the lower of two; 0 when there is nothing. By the 50th percentile it would be the upper. */
    long median() {
        double left = (total() - 1) / 2.0;
        for (int i = 0; i < counts.length; i++) {
            if (left < counts[i]) return value(i);
            left -= counts[i];
        }
        for (var bucket : far.entrySet()) {
            if (left < bucket.getValue()) return bucket.getKey();
            left -= bucket.getValue();
        }
        return 0;
    }

    static long round(double millis) {
        if (millis < 100) return (long) Math.rint(millis);
        if (millis < 1000) return (long) Math.rint(millis / 10) * 10;
        if (millis < 10_000) return (long) Math.rint(millis / 100) * 100;
        return (long) Math.rint(millis / 1000) * 1000;
    }

    private static int index(long rounded) {
        if (rounded <= 100) return (int) Math.max(0, rounded);
        if (rounded <= 1000) return TENS + (int) (rounded - 110) / 10;
        if (rounded <= 10_000) return HUNDREDS + (int) (rounded - 1100) / 100;
        return THOUSANDS + (int) Math.min(FAR - THOUSANDS, (rounded - 11_000) / 1000);
    }

    private static long value(int index) {
        if (index < TENS) return index;
        if (index < HUNDREDS) return 110 + (index - TENS) * 10L;
        if (index < THOUSANDS) return 1100 + (index - HUNDREDS) * 100L;
        return 11_000 + (index - THOUSANDS) * 1000L;
    }
}
