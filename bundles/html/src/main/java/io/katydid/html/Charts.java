package io.katydid.html;

import io.katydid.api.Run;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** Writes the charts, each with a sentence that says the same, and the table of their values. */
final class Charts {
    private static final int TABLE_ROWS = 60;
    private static final int MOST_MARKS = 12;
    private static final double TEXT_SECONDS_SHARE = 0.25;
    private static final List<Column> COLUMNS = List.of(Column.text("Until"), Column.number("Users"), Column.number("RPS"),
        Column.number("Failures/s"), Column.number("p50 ms"), Column.number("p90 ms"), Column.number("p95 ms"),
        Column.number("p99 ms"));

    private Charts() {}

    static void write(Html html, Report report) {
        var series = report.series();
        var points = series.points();
        html.open("section", "id", "charts").open("h2").text("Over time ")
            .element("small", series.secondsPerPoint() == 1 ? "one point a second" : "one point for " + series.secondsPerPoint() + " s")
            .close();
        if (points.isEmpty()) {
            html.element("p", "Nothing was recorded.", "class", "hint").close();
            return;
        }
        var time = Axis.time(points.getLast().to());
        html.open("div", "class", "charts");
        throughput(html, report, points, time);
        responseTimes(html, report, points, time);
        users(html, report, points, time);
        distribution(html, report);
        html.close();
        values(html, series);
        html.close();
    }

    private static void figure(Html html, String title, String unit, String says, boolean overTime, Consumer<Html> chart) {
        html.open("figure", "class", "chart").open("figcaption").element("strong", title).text(" ").element("span", unit)
            .element("output", "", "aria-live", "off").close();
        if (overTime) html.open("div", "role", "img", "class", "plot", "tabindex", "0", "aria-label", says);
        else html.open("div", "role", "img", "aria-label", says);
        chart.accept(html);
        html.close().close();
    }

    private static void throughput(Html html, Report report, List<Point> points, Axis time) {
        double most = report.series().largest(Point::rps);
        double failures = report.series().largest(Point::failuresPerSecond);
        var says = "Throughput: at most " + Figures.rate(most) + " requests and " + Figures.rate(failures) + " failures per second.";
        figure(html, "Throughput", "per second", says, true, plot -> {
            var chart = new LineChart(plot, time, Axis.counts(most)).area("thr", points, Point::rps, LineChart.Join.STRAIGHT);
            marks(chart, report, time, true);
            chart.line("RPS", "thr", points, Point::rps, LineChart.Join.STRAIGHT)
                .line("Failures", "fail", points, Point::failuresPerSecond, LineChart.Join.STRAIGHT).end();
        });
    }

    private static void responseTimes(Html html, Report report, List<Point> points, Axis time) {
        var series = report.series();
        double least = points.stream().mapToDouble(Point::p50).filter(Double::isFinite).min().orElse(Double.NaN);
        var says = "Response time: p50 up to " + Figures.time(series.largest(Point::p50)) + ", p95 up to "
            + Figures.time(series.largest(Point::p95)) + ", p99 up to " + Figures.time(series.largest(Point::p99)) + ".";
        figure(html, "Response time", "of the last 10 s, log scale", says, true, plot -> {
            var chart = new LineChart(plot, time, Axis.logarithmic(least, series.largest(Point::p99)));
            marks(chart, report, time, false);
            chart.line("p50", "l1", points, Point::p50, LineChart.Join.STRAIGHT)
                .line("p90", "l2", points, Point::p90, LineChart.Join.STRAIGHT)
                .line("p95", "l3", points, Point::p95, LineChart.Join.STRAIGHT)
                .line("p99", "l4", points, Point::p99, LineChart.Join.STRAIGHT).end();
        });
    }

    private static void users(Html html, Report report, List<Point> points, Axis time) {
        double most = report.series().largest(Point::users);
        figure(html, "Users", "running", "Users: at most " + Figures.count((long) most) + ".", true, plot -> {
            var chart = new LineChart(plot, time, Axis.counts(Math.max(4, most))).area("users", points, Point::users, LineChart.Join.STEPS);
            marks(chart, report, time, false);
            chart.line("Users", "users", points, Point::users, LineChart.Join.STEPS).end();
        });
    }

    private static void distribution(Html html, Report report) {
        var histogram = report.snapshot().total().histogram();
        if (histogram.count() == 0) return;
        var says = "Latency distribution: half of the requests took up to " + Figures.time(histogram.percentileMs(0.5))
            + ", 95 % up to " + Figures.time(histogram.percentileMs(0.95)) + ", 99 % up to " + Figures.time(histogram.percentileMs(0.99))
            + ".";
        figure(html, "Latency distribution", "share of all requests, log scale", says, false,
            plot -> DistributionChart.write(plot, histogram));
    }

    private static void marks(LineChart chart, Report report, Axis time, boolean withText) {
        var start = report.start();
        if (start.isEmpty()) return;
        double free = Double.NEGATIVE_INFINITY;
        for (var mark : report.run().map(Run::marks).orElse(List.of()).stream().limit(MOST_MARKS).toList()) {
            double at = Duration.between(start.get(), mark.time()).toMillis() / 1e3;
            boolean roomy = time.place(at) - free > TEXT_SECONDS_SHARE;
            chart.mark(at, shortText(mark.what()), withText && roomy);
            if (roomy) free = time.place(at);
        }
    }

    private static String shortText(String what) { return what.length() <= 24 ? what : what.substring(0, 23) + "…"; }

    private static void values(Html html, Series series) {
        html.open("details").element("summary", "Values as a table");
        Table.write(html, "Values over time", COLUMNS,
            table -> table.part("tbody", () -> series.atMost(TABLE_ROWS).forEach(point -> table.row(
                cells -> cells.name(Figures.clock(point.to())).number(Figures.count(point.users())).number(Figures.rate(point.rps()))
                    .number(Figures.rate(point.failuresPerSecond())).number(Figures.millis(point.p50()))
                    .number(Figures.millis(point.p90())).number(Figures.millis(point.p95())).number(Figures.millis(point.p99()))))));
        html.close();
    }
}
