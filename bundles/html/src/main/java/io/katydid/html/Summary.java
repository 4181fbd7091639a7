package io.katydid.html;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes the head of the report: what ran, whether it is sound and passed, and the figures most people look for. */
final class Summary {
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM yyyy, HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ENGLISH);
    private static final DateTimeFormatter ZONE = DateTimeFormatter.ofPattern("O", Locale.ENGLISH);

    private Summary() {}

    static void write(Html html, Report report) {
        html.with("header", head -> head(head, report));
        html.open("main", "id", "main", "tabindex", "-1");
        Verdict.of(report).write(html);
        doubts(html, report);
        tiles(html, report);
    }

    private static void head(Html html, Report report) {
        html.open("svg", "class", "logo", "viewBox", "0 0 32 32", "width", "32", "height", "32", "aria-hidden", "true")
            .element("rect", "", "width", "32", "height", "32", "rx", "7").element("path", "", "d", "M5 21c5 0 5-11 10-11s5 8 12 6")
            .element("path", "", "d", "M5 25h22").close();
        html.open("div", "class", "title").element("h1", Shortened.inPlace(report.title())).open("p", "class", "facts");
        report.start().ifPresentOrElse(start -> during(html, start, report.end()), () -> html.element("span", "No test was started"));
        report.start().ifPresent(_ -> html.element("span", Figures.duration(report.seconds())));
        report.host().ifPresent(host -> html.element("span", Shortened.inPlace(host)));
        report.script().ifPresent(script -> html.element("span", Shortened.inPlace(script)));
        html.close().close();
        // Without scripts there is nothing to choose: the page follows the system.
        html.open("label", "class", "theme", "hidden", "").text("Theme ").open("select", "id", "theme")
            .element("option", "System", "value", "").element("option", "Light", "value", "light")
            .element("option", "Dark", "value", "dark").close().close();
    }

    private static void during(Html html, Instant start, Instant end) {
        var zone = ZoneId.systemDefault();
        var from = start.atZone(zone);
        var to = end.atZone(zone);
        boolean sameDay = from.toLocalDate().equals(to.toLocalDate());
        html.open("span").element("time", DAY.format(from), "datetime", start.toString()).text(" to ")
            .element("time", (sameDay ? CLOCK : DAY).format(to), "datetime", end.toString()).text(" " + ZONE.format(to)).close();
    }

    private static void doubts(Html html, Report report) {
        if (report.faults().isEmpty() && report.cancelled() == 0) return;
        html.open("section", "class", "notice warn", "aria-labelledby", "doubts");
        Sign.WARN.write(html);
        html.open("div").element("h2", "Doubtful", "id", "doubts").open("ul");
        report.faults().forEach(fault -> html.element("li", Shortened.bounded(fault)));
        long dropped = report.snapshot().health().droppedForReporters();
        if (dropped > 0) html.element("li", Figures.count(dropped) + " requests did not reach a reporter: its queue was full.");
        if (report.cancelled() > 0) html.with("li", item -> cancelled(item, report));
        html.close().close().close();
    }

    private static void cancelled(Html html, Report report) {
        html.text(Figures.count(report.cancelled())
            + " requests were cancelled when the drain was over: neither requests nor failures in the figures below.");
        html.open("ul");
        report.snapshot().cancelled().entrySet().stream().limit(20).forEach(
            entry -> html.element("li", Shortened.inPlace(entry.getKey()) + ": " + Figures.count(entry.getValue())));
        html.close();
    }

    private static void tiles(Html html, Report report) {
        var total = report.snapshot().total();
        html.open("dl", "class", "tiles");
        tile(html, "Requests", Figures.shortCount(total.numRequests()), Figures.rate(total.totalRps()) + " /s on average");
        tile(html, "Failures", Figures.percent(total.failRatio()), Figures.count(total.numFailures()) + " requests");
        tile(html, "p50", Figures.time(total.percentile(0.5)), "average "
            + (total.numRequests() > total.numNoneRequests() ? Figures.time(total.avgResponseTime()) : Figures.NONE));
        tile(html, "p95", Figures.time(total.percentile(0.95)), "of all requests");
        tile(html, "p99", Figures.time(total.percentile(0.99)), "longest " + Figures.time(total.percentile(1)));
        double users = Point.most(report.series().largest(Point::users), report.snapshot().userCount());
        tile(html, "Peak users", Figures.count((long) users), rate(report));
        html.close();
    }

    private static String rate(Report report) {
        return report.run().map(run -> run.parameters().get("spawn-rate")).filter(Number.class::isInstance).map(Number.class::cast)
            .map(rate -> "spawn rate " + Figures.rate(rate.doubleValue()) + " /s").orElse("");
    }

    private static void tile(Html html, String label, String figure, String below) {
        int space = figure.lastIndexOf(' ');
        html.open("div").element("dt", label).open("dd", "class", "figure").text(space < 0 ? figure : figure.substring(0, space));
        if (space >= 0) html.element("small", figure.substring(space));
        html.close().element("dd", below).close();
    }
}
