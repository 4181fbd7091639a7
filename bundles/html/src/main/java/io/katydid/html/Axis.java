package io.katydid.html;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Places values between 0, the lower end, and 1, the upper, and says where the lines of the grid are. */
final class Axis {
    private static final List<Double> TIME_STEPS = List.of(1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 300.0, 600.0, 900.0, 1800.0,
        3600.0, 7200.0, 14_400.0, 21_600.0, 43_200.0, 86_400.0);
    private final double least;
    private final double most;
    private final boolean log;
    private final List<Tick> ticks;

    /**
     * Is one line of the grid.
     *
     * @param value where
     * @param label its text
     */
    record Tick(double value, String label) {}

    private Axis(double least, double most, boolean log, List<Tick> ticks) {
        this.least = least;
        this.most = most;
        this.log = log;
        this.ticks = List.copyOf(ticks);
    }

    double place(double value) {
        double at = log ? Math.log(Math.max(value, least) / least) / Math.log(most / least) : (value - least) / (most - least);
        return Math.clamp(at, 0, 1);
    }

    /** Gives the value at a place. */
    double value(double place) {
        return log ? least * Math.pow(most / least, place) : least + place * (most - least);
    }

    List<Tick> ticks() { return ticks; }

    /** Begins at 0 and ends a little above {@code most}. */
    static Axis counts(double most) {
        double top = most > 0 && Double.isFinite(most) ? most : 1;
        double step = niceStep(top / 5);
        var ticks = new ArrayList<Tick>();
        for (int i = 0; i * step <= top * 1.0001 || i < 2; i++) ticks.add(new Tick(i * step, shortened(i * step)));
        return new Axis(0, Math.max(top * 1.05, ticks.getLast().value()), false, ticks);
    }

    private static double niceStep(double about) {
        double power = Math.pow(10, Math.floor(Math.log10(about)));
        for (double factor : new double[]{1, 2, 5}) {
            if (factor * power >= about) return factor * power;
        }
        return 10 * power;
    }

    private static String shortened(double value) {
        if (value >= 1e6) return plain(value / 1e6) + "M";
        return value >= 1e3 ? plain(value / 1e3) + "k" : plain(value);
    }

    private static String plain(double value) {
        return String.format(Locale.ROOT, "%.3f", value).replaceAll("\\.?0+$", "");
    }

    /** Goes by 1, 2, 5 in each power of ten from below {@code least} to above {@code most}, in ms. */
    static Axis logarithmic(double least, double most) {
        double from = Double.isFinite(least) ? Math.max(0.01, least) : 1;
        double to = Double.isFinite(most) ? Math.max(from, most) : 10;
        var steps = new ArrayList<Double>();
        for (int power = -2; power <= 9; power++) {
            for (double factor : new double[]{1, 2, 5}) steps.add(factor * Math.pow(10, power));
        }
        int first = Math.max(0, (int) steps.stream().filter(step -> step <= from * 1.0001).count() - 1);
        int last = Math.max(first + 1, (int) steps.stream().filter(step -> step < to * 0.9999).count());
        var range = steps.subList(first, Math.min(steps.size(), last + 1));
        int every = Math.max(1, Math.ceilDiv(range.size() - 1, 5));
        var ticks = new ArrayList<Tick>();
        for (int i = 0; i < range.size(); i += every) ticks.add(new Tick(range.get(i), plainTime(range.get(i))));
        return new Axis(range.getFirst(), range.getLast(), true, ticks);
    }

    private static String plainTime(double ms) { return ms >= 1000 ? shortened(ms / 1000) + " s" : plain(ms) + " ms"; }

    /** Goes from the start of the test to {@code seconds}. */
    static Axis time(double seconds) {
        double end = Math.max(seconds, 1);
        double step = TIME_STEPS.stream().filter(of -> end / of <= 5).findFirst().orElse(Math.ceil(end / 5 / 86_400) * 86_400);
        var ticks = new ArrayList<Tick>();
        for (double at = 0; at <= end; at += step) ticks.add(new Tick(at, elapsed(at, step)));
        return new Axis(0, end, false, ticks);
    }

    private static String elapsed(double at, double step) {
        if (step >= 3600) return plain(at / 3600) + " h";
        return step >= 60 ? plain(at / 60) + " min" : plain(at) + " s";
    }
}
