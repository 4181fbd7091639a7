package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * Compares the percentiles of one row of statistics with those of two runs of the reference, which say what chance alone makes of them.
 *
 * <p>A percentile with at least 30 samples above it is within one bucket (a millisecond up to 100, then ten) of what the two say, on a quiet machine with
 * {@code -Dkatydid.locust.strict=true}, and within five anywhere; where the two differ by more than that from each other, as much is allowed. What is further out is a few samples each: there Katydid may only not be slower than both by more
 * than they differ, or than one pause of the machine or of a JVM.
 *
 * @param heading names the columns
 * @param ours is Katydid's row
 * @param controls are the reference's, of two runs
 */
record Percentiles(CsvRecord heading, CsvRecord ours, List<CsvRecord> controls) {
    private static final int ENOUGH = 30;
    private static final int BUCKETS = Boolean.getBoolean("katydid.locust.strict") ? 1 : 5;
    private static final int FIRST = 11;
    private static final long PAUSE_MILLIS = 50;

    /** Asserts that they agree, and tells how many columns had enough samples. */
    int compare() {
        int judged = 0;
        long unrest = 0;
        for (int column = FIRST; column < heading.getFieldCount(); column++) {
            if (!enough(column)) continue;
            judged++;
            unrest = Math.max(unrest, high(column) - low(column) - width(high(column)));
        }
        for (int column = FIRST; column < heading.getFieldCount(); column++) {
            long low = low(column);
            long high = high(column);
            var name = heading.getField(column) + " of " + ours.getField(1) + " beside " + low + " and " + high;
            if (enough(column)) {
                assertThat(value(ours, column)).as(name).isBetween(low - BUCKETS * width(low) - unrest,
                    high + BUCKETS * width(high) + unrest);
            } else {
                assertThat(value(ours, column)).as(name)
                    .isLessThanOrEqualTo(high + width(high) + Math.max(high - low, PAUSE_MILLIS + unrest));
            }
        }
        return judged;
    }

    private long low(int column) { return Math.min(control(0, column), control(1, column)); }

    private long high(int column) { return Math.max(control(0, column), control(1, column)); }

    /** Tells whether each of the runs has so many samples above the percentile. */
    private boolean enough(int column) {
        var share = new BigDecimal(heading.getField(column).replace("%", "")).movePointLeft(2);
        long requests = Math.min(value(ours, 2), Math.min(control(0, 2), control(1, 2)));
        return BigDecimal.ONE.subtract(share).multiply(BigDecimal.valueOf(requests)).setScale(0, RoundingMode.HALF_UP).intValue() >= ENOUGH;
    }

    private long control(int run, int column) { return value(controls.get(run), column); }

    private static long value(CsvRecord row, int column) { return Long.parseLong(row.getField(column)); }

    /** Gives how wide the bucket of a time is. */
    private static long width(long millis) {
        if (millis < 100) return 1;
        return millis < 1000 ? 10 : millis < 10_000 ? 100 : 1000;
    }
}
