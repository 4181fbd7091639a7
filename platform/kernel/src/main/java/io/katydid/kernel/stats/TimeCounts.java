package io.katydid.kernel.stats;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;

/**
 * Is an exact distribution as it is kept and as it travels: the places of a histogram of microseconds and three digits that have any, ascending, each with its
 * count. Immutable. Some hundred places occur where the histogram's array has ten thousand, and two are added in microseconds.
 */
public final class TimeCounts {
    static final int DIGITS = 3;
    private static final int HALF = 1024;
    /** Has nothing in it. */
    public static final TimeCounts NONE = new TimeCounts(new int[0], new long[0]);
    private final int[] places;
    private final long[] counts;
    private final long total;

    private TimeCounts(int[] places, long[] counts) {
        this.places = places;
        this.counts = counts;
        total = Arrays.stream(counts).sum();
    }

    /** Takes the first so many of ascending places and their counts. */
    static TimeCounts of(int[] places, long[] counts, int length) {
        return length == 0 ? NONE : new TimeCounts(Arrays.copyOf(places, length), Arrays.copyOf(counts, length));
    }

    static TimeCounts of(AbstractHistogram histogram) {
        if (histogram.getTotalCount() == 0) return NONE;
        var places = new int[64];
        var counts = new long[64];
        int length = 0;
        int last = place(histogram.getMaxValue());
        for (int place = place(histogram.getMinValue()); place <= last; place++) {
            long count = histogram.getCountAtValue(lowest(place));
            if (count == 0) continue;
            if (length == places.length) {
                places = Arrays.copyOf(places, length * 2);
                counts = Arrays.copyOf(counts, length * 2);
            }
            places[length] = place;
            counts[length++] = count;
        }
        return of(places, counts, length);
    }

    /** Gives the distribution of rounded times in milliseconds, each at its bucket's value; of somebody who knows no better. */
    public static TimeCounts ofRounded(Map<Long, Long> responseTimes) {
        var sorted = new TreeMap<Integer, Long>();
        responseTimes.forEach((millis, count) -> {
            if (count != 0) sorted.merge(place(Math.max(1, millis * 1000)), count, Long::sum);
        });
        return of(sorted.keySet().stream().mapToInt(Integer::intValue).toArray(),
            sorted.values().stream().mapToLong(Long::longValue).toArray(),
            sorted.size());
    }

    /** Reads what {@link #encoded} wrote, or any compressed HdrHistogram V2 of microseconds and three digits. Throws {@link IllegalArgumentException} else. */
    public static TimeCounts decode(byte[] encoded) {
        return HdrDecoder.decode(encoded);
    }

    /** Gives the place of a value: its eleven highest bits count. */
    private static int place(long micros) {
        int shift = shift(micros);
        return shift * HALF + (int) (micros >> shift);
    }

    private static int shift(long micros) { return Math.max(0, 64 - 11 - Long.numberOfLeadingZeros(micros)); }

    private static long lowest(int place) { return place < 2 * HALF ? place : (long) (place % HALF + HALF) << (place / HALF - 1); }

    private static long highest(int place) { return lowest(place + 1) - 1; }

    private static long middle(int place) { return lowest(place) + (1L << shift(lowest(place)) >> 1); }

    /** Gives the number of values. */
    public long count() { return total; }

    long least() { return lowest(places[0]); }

    long most() { return highest(places[places.length - 1]); }

    double mean() {
        double sum = 0;
        for (int i = 0; i < places.length; i++) sum += (double) middle(places[i]) * counts[i];
        return sum / total;
    }

    double deviation() {
        double mean = mean();
        double sum = 0;
        for (int i = 0; i < places.length; i++) sum += Math.pow(middle(places[i]) - mean, 2) * counts[i];
        return Math.sqrt(sum / total);
    }

    /** Gives the value that {@code percent} of all reach at most, of its place the highest, as the library does; of none at all, the lowest. */
    long percentile(double percent) {
        // One bit less, so that a product that is a hair too large does not ask for one value more.
        double wanted = Math.clamp(Math.nextDown(percent), 0, 100) * total / 100;
        long rank = Math.max(1, (long) Math.ceil(wanted));
        long seen = 0;
        for (int i = 0; i < places.length; i++) {
            seen += counts[i];
            if (seen >= rank) return percent == 0 ? lowest(places[i]) : highest(places[i]);
        }
        return 0;
    }

    long countUpTo(long micros) {
        int last = place(micros);
        long sum = 0;
        for (int i = 0; i < places.length && places[i] <= last; i++) sum += counts[i];
        return sum;
    }

    /** Gives all together. */
    public static TimeCounts sum(Collection<TimeCounts> some) {
        int range = 0;
        for (var each : some) {
            if (each.places.length > 0) range = Math.max(range, each.places[each.places.length - 1] + 1);
        }
        var sums = new long[range];
        for (var each : some) {
            for (int i = 0; i < each.places.length; i++) sums[each.places[i]] += each.counts[i];
        }
        int length = 0;
        var places = new int[range];
        for (int place = 0; place < range; place++) {
            if (sums[place] == 0) continue;
            places[length] = place;
            sums[length++] = sums[place];
        }
        return of(places, sums, length);
    }

    /** Gives both together. */
    public TimeCounts plus(TimeCounts other) { return merged(other, 1); }

    /** Gives what came since an earlier state of this one. */
    TimeCounts minus(TimeCounts earlier) { return merged(earlier, -1); }

    private TimeCounts merged(TimeCounts other, int sign) {
        if (other.places.length == 0) return this;
        if (places.length == 0 && sign > 0) return other;
        var sumPlaces = new int[places.length + other.places.length];
        var sumCounts = new long[sumPlaces.length];
        int length = 0;
        int i = 0;
        int j = 0;
        while (i < places.length || j < other.places.length) {
            int mine = i < places.length ? places[i] : Integer.MAX_VALUE;
            int theirs = j < other.places.length ? other.places[j] : Integer.MAX_VALUE;
            long count = (mine <= theirs ? counts[i++] : 0) + (theirs <= mine ? sign * other.counts[j++] : 0);
            if (count == 0) continue;
            sumPlaces[length] = Math.min(mine, theirs);
            sumCounts[length++] = count;
        }
        return of(sumPlaces, sumCounts, length);
    }

    void addTo(AbstractHistogram histogram) {
        for (int i = 0; i < places.length; i++) histogram.recordValueWithCount(lowest(places[i]), counts[i]);
    }

    /** Gives the compressed HdrHistogram V2 encoding. Equal distributions have equal bytes, however they came about. */
    public byte[] encoded() {
        var histogram = new Histogram(DIGITS);
        addTo(histogram);
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        return Arrays.copyOf(buffer.array(), histogram.encodeIntoCompressedByteBuffer(buffer));
    }

    @Override public boolean equals(Object other) {
        return other instanceof TimeCounts that && Arrays.equals(places, that.places) && Arrays.equals(counts, that.counts);
    }

    @Override public int hashCode() { return 31 * Arrays.hashCode(places) + Arrays.hashCode(counts); }

    @Override public String toString() {
        var map = new TreeMap<Long, Long>();
        for (int i = 0; i < places.length; i++) map.put(lowest(places[i]), counts[i]);
        return map.toString();
    }
}
