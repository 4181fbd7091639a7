package io.katydid.html;

import java.util.Locale;

/** Prints numbers as people read them; what there is none of is a dash. */
final class Figures {
    static final String NONE = "—";
    private static final double MINUTE = 60;
    private static final double HOUR = 3600;

    private Figures() {}

    static String count(long number) { return String.format(Locale.ROOT, "%,d", number); }

    /** Shortens from a million, for the large figures at the top. */
    static String shortCount(long number) {
        return number < 1_000_000 ? count(number) : String.format(Locale.ROOT, "%.2f M", number / 1e6);
    }

    /** Prints milliseconds without the unit. */
    static String millis(double ms) {
        if (!Double.isFinite(ms)) return NONE;
        if (ms == 0) return "0";
        return decimals(ms, ms < 1 ? 2 : ms < 10 ? 1 : 0);
    }

    /** Prints milliseconds with their unit; long ones as seconds or minutes. */
    static String time(double ms) {
        if (!Double.isFinite(ms)) return NONE;
        if (ms < 10_000) return millis(ms) + " ms";
        return ms < 120_000 ? decimals(ms / 1000, 2) + " s" : duration(ms / 1000);
    }

    static String rate(double perSecond) {
        if (!Double.isFinite(perSecond)) return NONE;
        if (perSecond == 0) return "0";
        if (perSecond < 0.01) return "<0.01";
        return decimals(perSecond, perSecond < 1 ? 2 : perSecond < 100 ? 1 : 0);
    }

    /** Prints a ratio; never 0 % or 100 % when it is not. */
    static String percent(double ratio) {
        if (!Double.isFinite(ratio)) return NONE;
        if (ratio == 0 || ratio == 1) return ratio == 0 ? "0 %" : "100 %";
        if (ratio < 0.00001) return "<0.001 %";
        return decimals(Math.min(ratio * 100, 99.99), ratio < 0.001 ? 3 : 2) + " %";
    }

    static String bytes(double bytes) {
        if (!Double.isFinite(bytes)) return NONE;
        if (bytes < 1024) return decimals(bytes, 0) + " B";
        return bytes < 1024 * 1024 ? decimals(bytes / 1024, 1) + " KiB" : decimals(bytes / 1024 / 1024, 1) + " MiB";
    }

    static String duration(double seconds) {
        if (seconds < 10) return decimals(seconds, 1) + " s";
        if (seconds < 2 * MINUTE) return decimals(seconds, 0) + " s";
        long whole = Math.round(seconds);
        long hours = whole / 3600;
        return (hours > 0 ? count(hours) + " h " : "") + whole % 3600 / 60 + " min " + whole % 60 + " s";
    }

    /** Prints a moment of the run as the axes and tables have it: {@code 1:02:05} or {@code 2:05}. */
    static String clock(double seconds) {
        long whole = Math.round(seconds);
        return whole < HOUR ? String.format(Locale.ROOT, "%d:%02d", whole / 60, whole % 60)
            : String.format(Locale.ROOT, "%d:%02d:%02d", whole / 3600, whole % 3600 / 60, whole % 60);
    }

    private static String decimals(double value, int digits) { return String.format(Locale.ROOT, "%,." + digits + "f", value); }
}
