package io.katydid.html;

import java.util.ArrayList;
import java.util.Locale;

/**
 * Is the first sentence of a report.
 *
 * @param sign how it ended
 * @param headline in a few words
 * @param detail in a few more
 */
record Verdict(Sign sign, String headline, String detail) {

    static Verdict of(Report report) {
        var total = report.snapshot().total();
        long exceptions = report.snapshot().exceptions().stream().mapToLong(row -> row.count()).sum();
        boolean failed = total.numFailures() > 0 || exceptions > 0;
        // A script or --exit-code-on-error may decide otherwise than the figures.
        boolean excused = report.exitCode().isPresent() && report.exitCode().getAsInt() == 0;
        boolean refused = report.exitCode().isPresent() && report.exitCode().getAsInt() != 0;
        var detail = new ArrayList<String>();
        report.exitCode().ifPresent(code -> detail.add("Exit code " + code + "."));
        if (!report.faults().isEmpty()) detail.add("Something makes the figures doubtful: see below.");
        if (failed) {
            return new Verdict(excused ? Sign.WARN : Sign.BAD, (excused ? "Passed with failures: " : "Failed: ") + what(report, exceptions),
                String.join(" ", detail));
        }
        if (refused)
            return new Verdict(Sign.BAD, "Failed: the run ended with an error, though no request failed", String.join(" ", detail));
        if (total.numRequests() == 0) {
            detail.add("No request was recorded. Did the users have time to start, and do their tasks make requests?");
            return new Verdict(Sign.WARN, "Nothing was measured", String.join(" ", detail));
        }
        return new Verdict(Sign.GOOD, "Passed: none of " + Figures.count(total.numRequests()) + " requests failed",
            String.join(" ", detail));
    }

    private static String what(Report report, long exceptions) {
        var total = report.snapshot().total();
        var parts = new ArrayList<String>();
        if (total.numFailures() > 0) {
            parts.add(Figures.count(total.numFailures()) + " of " + Figures.count(total.numRequests()) + " requests failed ("
                + Figures.percent(total.failRatio()) + ")");
        }
        if (exceptions > 0) parts.add(Figures.count(exceptions) + (exceptions == 1 ? " exception" : " exceptions") + " in the script");
        return String.join(", ", parts);
    }

    void write(Html html) {
        html.open("section", "class", "notice " + sign.name().toLowerCase(Locale.ROOT), "aria-labelledby", "verdict");
        sign.write(html);
        html.open("div").element("h2", headline, "id", "verdict");
        if (!detail.isEmpty()) html.element("p", detail);
        html.close().close();
    }
}
