package io.katydid.csv;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/** Prints single cells: numbers as Python prints them, foreign text so that a spreadsheet does not run it. */
final class Cells {
    private static final int FIRST_EXPONENT = 16;
    private static final int LAST_PLAIN = -4;
    /** Apostrophes in front count too: so that taking one away always gives the text back. */
    private static final Pattern FORMULA = Pattern.compile("'*[=+\\-@\t\r]");

    private Cells() {}

    /**
     * Keeps a spreadsheet from taking a name or a message, which a server may choose, for a formula: a text that begins with {@code = + - @}, a tabulator or a
     * carriage return gets an apostrophe in front, which spreadsheets do not show. Numbers are ours and are left alone.
     */
    static String safe(String text) { return FORMULA.matcher(text).lookingAt() ? "'" + text : text; }

    /** Prints a rate with six digits after the point. */
    static String six(double value) {
        return Double.isFinite(value) ? String.format(Locale.ROOT, "%f", value) : decimal(value);
    }

    /** Prints a time that the reference starts as the whole number 0. */
    static String zeroOr(double value) {
        return value == 0 ? "0" : decimal(value);
    }

    /** Prints the shortest digits that mean the same number; an exponent where Python has one. */
    static String decimal(double value) {
        if (Double.isNaN(value)) return "nan";
        if (Double.isInfinite(value)) return value > 0 ? "inf" : "-inf";
        if (value == 0) return 1 / value > 0 ? "0.0" : "-0.0";
        var number = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        int exponent = number.precision() - number.scale() - 1;
        if (exponent < LAST_PLAIN || exponent >= FIRST_EXPONENT) return scientific(number, exponent);
        return decimal(number);
    }

    /** Prints a number of hundredths, millionths and the like, with one digit after the point at least. */
    static String parts(long value, int digits) {
        return decimal(BigDecimal.valueOf(value, digits).stripTrailingZeros());
    }

    private static String decimal(BigDecimal number) { return (number.scale() <= 0 ? number.setScale(1) : number).toPlainString(); }

    private static String scientific(BigDecimal number, int exponent) {
        var digits = number.unscaledValue().abs().toString();
        return (number.signum() < 0 ? "-" : "") + digits.charAt(0) + (digits.length() > 1 ? "." + digits.substring(1) : "")
            + (exponent < 0 ? "e-" : "e+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }
}
