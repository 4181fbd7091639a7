package io.katydid.api.stats;

import java.util.List;
import java.util.Locale;

/**
 * Lists which percentiles the reports show, and how their columns are called.
 */
public final class Percentiles {
    /** The columns of tables and CSV files. */
    public static final List<Double> TO_REPORT = List.of(0.50, 0.66, 0.75, 0.80, 0.90, 0.95, 0.98, 0.99, 0.999, 0.9999,
        1.0);

    /** The columns of the console's statistics. */
    public static final List<Double> TO_STATISTICS = List.of(0.95, 0.99);

    /** The lines of the charts. */
    public static final List<Double> TO_CHART = List.of(0.5, 0.95);

    private Percentiles() {
    }

    /** Names a column, such as {@code 99.9%}. */
    public static String label(double p) {
        var text = String.format(Locale.ROOT, "%.4f", p * 100);
        return text.replaceAll("\\.?0+$", "") + "%";
    }

    /**
     * Checks that {@code p} is from 0 to 1 and guesses what was meant when it is
     * not.
     */
    public static double require(double p) {
        if (p >= 0 && p <= 1)
            return p;
        var guess = p > 1 && p <= 100 ? " Did you mean " + p / 100 + "?" : "";
        throw new IllegalArgumentException("percentile(" + p + ") takes a number from 0 to 1." + guess);
    }
}
