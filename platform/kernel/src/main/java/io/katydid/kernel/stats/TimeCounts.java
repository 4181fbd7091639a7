package io.katydid.kernel.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * Is an exact distribution as it travels: the values of a histogram of microseconds and three digits that occur, ascending, each with its count. Immutable.
 * A report of a worker has some hundred values where the histogram's array has ten thousand places.
 */
public final class TimeCounts {
    static final int DIGITS = 3;
    /** Has nothing in it. */
    public static final TimeCounts NONE = new TimeCounts(new long[0], new long[0]);
    private final long[] micros;
    private final long[] counts;

    private TimeCounts(long[] micros, long[] counts) {
        this.micros = micros;
        this.counts = counts;
    }

    /** Takes over values that are the lowest of their place in a histogram, ascending. */
    static TimeCounts of(long[] micros, long[] counts, int length) {
        return length == 0 ? NONE : new TimeCounts(Arrays.copyOf(micros, length), Arrays.copyOf(counts, length));
    }

    static TimeCounts of(AbstractHistogram histogram) {
        if (histogram.getTotalCount() == 0) return NONE;
        var micros = new long[64];
        var counts = new long[64];
        int length = 0;
        long last = histogram.getMaxValue();
        for (long value = histogram.lowestEquivalentValue(histogram.getMinNonZeroValue()); value <= last; value = histogram
            .nextNonEquivalentValue(value)) {
            long count = histogram.getCountAtValue(value);
            if (count == 0) continue;
            if (length == micros.length) {
                micros = Arrays.copyOf(micros, length * 2);
                counts = Arrays.copyOf(counts, length * 2);
            }
            micros[length] = value;
            counts[length++] = count;
        }
        return of(micros, counts, length);
    }

    /** Gives the distribution of rounded times in milliseconds, each at its bucket's value; of somebody who knows no better. */
    public static TimeCounts ofRounded(Map<Long, Long> responseTimes) {
        var places = new TreeMap<Long, Long>();
        responseTimes.forEach((millis, count) -> {
            if (count != 0) places.merge(lowest(Math.max(1, millis * 1000)), count, Long::sum);
        });
        return of(places.keySet().stream().mapToLong(Long::longValue).toArray(),
            places.values().stream().mapToLong(Long::longValue).toArray(),
            places.size());
    }

    /** Gives the lowest value of the place in the histogram: eleven bits of a number count. */
    private static long lowest(long micros) {
        int shift = Math.max(0, 64 - 11 - Long.numberOfLeadingZeros(micros));
        return micros >> shift << shift;
    }

    /** Reads what {@link #encoded} wrote, or any compressed HdrHistogram V2 of microseconds and three digits. Throws {@link IllegalArgumentException} else. */
    public static TimeCounts decode(byte[] encoded) {
        return HdrDecoder.decode(encoded);
    }

    /** Gives the number of values. */
    public long count() { return Arrays.stream(counts).sum(); }

    /** Gives both together. */
    public TimeCounts plus(TimeCounts other) {
        if (micros.length == 0) return other;
        if (other.micros.length == 0) return this;
        var sumMicros = new long[micros.length + other.micros.length];
        var sumCounts = new long[sumMicros.length];
        int length = 0;
        for (int i = 0, j = 0; i < micros.length || j < other.micros.length; length++) {
            boolean mine = j == other.micros.length || i < micros.length && micros[i] <= other.micros[j];
            boolean both = mine && j < other.micros.length && micros[i] == other.micros[j];
            sumMicros[length] = mine ? micros[i] : other.micros[j];
            sumCounts[length] = (mine ? counts[i++] : 0) + (both || !mine ? other.counts[j++] : 0);
        }
        return of(sumMicros, sumCounts, length);
    }

    void addTo(AbstractHistogram histogram) {
        for (int i = 0; i < micros.length; i++) histogram.recordValueWithCount(micros[i], counts[i]);
    }

    /** Gives the compressed HdrHistogram V2 encoding. */
    public byte[] encoded() {
        var histogram = new Histogram(DIGITS);
        addTo(histogram);
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        return Arrays.copyOf(buffer.array(), histogram.encodeIntoCompressedByteBuffer(buffer));
    }

    @Override public boolean equals(Object other) {
        return other instanceof TimeCounts that && Arrays.equals(micros, that.micros) && Arrays.equals(counts, that.counts);
    }

    @Override public int hashCode() { return 31 * Arrays.hashCode(micros) + Arrays.hashCode(counts); }

    @Override public String toString() {
        var map = new TreeMap<Long, Long>();
        for (int i = 0; i < micros.length; i++) map.put(micros[i], counts[i]);
        return map.toString();
    }
}
