package io.katydid.html;

import static io.katydid.html.LineChart.BOTTOM;
import static io.katydid.html.LineChart.LEFT;
import static io.katydid.html.LineChart.RIGHT;
import static io.katydid.html.LineChart.TOP;
import static io.katydid.html.LineChart.at;

import io.katydid.api.stats.LatencyHistogram;

/** Draws how the response times of the whole run are distributed, over a logarithmic axis. */
final class DistributionChart {
    private static final int BARS = 56;

    private DistributionChart() {}

    static void write(Html html, LatencyHistogram histogram) {
        var times = Axis.logarithmic(histogram.minMs(), histogram.maxMs());
        var shares = new double[BARS];
        double most = 0;
        long below = 0;
        for (int i = 0; i < BARS; i++) {
            long upTo = i == BARS - 1 ? histogram.count() : histogram.countUpTo(times.value((i + 1.0) / BARS));
            shares[i] = (double) (upTo - below) / histogram.count();
            most = Math.max(most, shares[i]);
            below = upTo;
        }
        var values = Axis.counts(most * 100);
        html.open("svg", "viewBox", "0 0 " + at(LineChart.WIDTH) + " " + at(LineChart.HEIGHT), "aria-hidden", "true");
        for (var tick : values.ticks()) {
            double y = BOTTOM - values.place(tick.value()) * (BOTTOM - TOP);
            html.element("line", "", "class", "grid", "x1", at(LEFT), "x2", at(RIGHT), "y1", at(y), "y2", at(y));
            html.element("text", tick.label() + " %", "class", "end", "x", at(LEFT - 8), "y", at(y + 4));
        }
        bars(html, shares, values);
        for (var tick : times.ticks())
            html.element("text", tick.label(), "class", "middle", "x", at(x(times, tick.value())), "y", at(BOTTOM + 18));
        mark(html, times, "p50", histogram.percentileMs(0.5), 0);
        mark(html, times, "p95", histogram.percentileMs(0.95), 1);
        mark(html, times, "p99", histogram.percentileMs(0.99), 2);
        html.close();
    }

    private static void bars(Html html, double[] shares, Axis values) {
        double width = (RIGHT - LEFT) / BARS;
        for (int i = 0; i < BARS; i++) {
            if (shares[i] == 0) continue;
            double height = Math.max(0.7, values.place(shares[i] * 100) * (BOTTOM - TOP));
            html.element("rect", "", "class", "l2", "x", at(LEFT + i * width + 0.5), "y", at(BOTTOM - height), "width", at(width - 1),
                "height", at(height));
        }
    }

    private static double x(Axis times, double ms) { return LEFT + times.place(ms) * (RIGHT - LEFT); }

    private static void mark(Html html, Axis times, String name, double ms, int row) {
        double x = x(times, ms);
        // Each line begins at its own text, so that it does not run through the one above.
        double top = TOP + row * 15.0;
        html.element("line", "", "class", "mark", "x1", at(x), "x2", at(x), "y1", at(top - 11), "y2", at(BOTTOM));
        html.open("text", "class", "begin", "x", at(x + 4), "y", at(top)).element("tspan", name, "class", "name")
            .text(" " + Figures.time(ms)).close();
    }
}
