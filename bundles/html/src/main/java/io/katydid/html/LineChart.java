package io.katydid.html;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws lines over the time of a run. Colours come from the style sheet by the name of a measure. */
final class LineChart {
    static final double WIDTH = 460;
    static final double HEIGHT = 196;
    static final double LEFT = 54;
    static final double RIGHT = 390;
    static final double TOP = 22;
    static final double BOTTOM = 168;
    private static final double LABEL_GAP = 15;
    private final Html html;
    private final Axis time;
    private final Axis values;
    private final List<Label> labels = new ArrayList<>();

    /** Says how points are joined. */
    enum Join {
        STRAIGHT, STEPS
    }

    private record Label(String name, String measure, double y) {}

    /** Begins a chart: grid and axes. */
    LineChart(Html html, Axis time, Axis values) {
        this.html = html;
        this.time = time;
        this.values = values;
        html.open("svg", "viewBox", "0 0 " + at(WIDTH) + " " + at(HEIGHT), "aria-hidden", "true", "data-left", at(LEFT), "data-right",
            at(RIGHT));
        for (var tick : values.ticks()) {
            double y = y(tick.value());
            html.element("line", "", "class", "grid", "x1", at(LEFT), "x2", at(RIGHT), "y1", at(y), "y2", at(y));
            html.element("text", tick.label(), "class", "end", "x", at(LEFT - 8), "y", at(y + 4));
        }
        for (var tick : time.ticks())
            html.element("text", tick.label(), "class", "middle", "x", at(x(tick.value())), "y", at(BOTTOM + 18));
    }

    private double x(double seconds) { return LEFT + time.place(seconds) * (RIGHT - LEFT); }

    private double y(double value) { return BOTTOM - values.place(value) * (BOTTOM - TOP); }

    /** Draws a line; where there is no value, there is a gap. */
    LineChart line(String name, String measure, List<Point> points, ToDoubleFunction<Point> value, Join join) {
        var path = new StringBuilder();
        boolean gap = true;
        double last = Double.NaN;
        for (var point : points) {
            double now = value.applyAsDouble(point);
            if (Double.isNaN(now)) {
                gap = true;
                continue;
            }
            var x = at(x(point.to()));
            if (gap) path.append("M").append(x).append(' ').append(at(y(now))).append("h0");
            else if (join == Join.STEPS) path.append("H").append(x).append("V").append(at(y(now)));
            else path.append("L").append(x).append(' ').append(at(y(now)));
            gap = false;
            last = now;
        }
        if (path.isEmpty()) return this;
        html.element("path", "", "class", "line " + measure, "d", path.toString());
        labels.add(new Label(name, measure, y(last)));
        return this;
    }

    /** Fills below a line, for charts with one line that matters. */
    LineChart area(String measure, List<Point> points, ToDoubleFunction<Point> value, Join join) {
        if (points.size() < 2) return this;
        var path = new StringBuilder("M").append(at(x(points.getFirst().to()))).append(' ').append(at(BOTTOM));
        for (var point : points) {
            double now = value.applyAsDouble(point);
            var x = at(x(point.to()));
            var y = at(Double.isNaN(now) ? BOTTOM : y(now));
            if (join == Join.STEPS) path.append("H").append(x).append("V").append(y);
            else path.append("L").append(x).append(' ').append(y);
        }
        path.append("V").append(at(BOTTOM)).append('Z');
        html.element("path", "", "class", "area " + measure, "d", path.toString());
        return this;
    }

    /** Draws a dotted line at a moment; its text only where no other is. */
    LineChart mark(double seconds, String text, boolean withText) {
        double x = x(seconds);
        html.element("line", "", "class", "mark", "x1", at(x), "x2", at(x), "y1", at(TOP - 6), "y2", at(BOTTOM));
        if (withText) {
            boolean right = x > (LEFT + RIGHT) / 2;
            html.element("text", text, "class", right ? "end" : "begin", "x", at(x + (right ? -4 : 4)), "y", at(TOP - 8));
        }
        return this;
    }

    /** Ends the chart: names at the right end of their lines, moved apart, and the cursor. */
    void end() {
        double least = TOP;
        double room = BOTTOM - LABEL_GAP * (labels.size() - 1);
        for (var label : labels.stream().sorted(Comparator.comparingDouble(Label::y)).toList()) {
            double y = Math.max(least, Math.min(label.y(), room));
            html.element("line", "", "class", "key " + label.measure(), "x1", at(RIGHT + 6), "x2", at(RIGHT + 15), "y1", at(y), "y2",
                at(y));
            html.element("text", label.name(), "class", "name", "x", at(RIGHT + 19), "y", at(y + 4));
            least = y + LABEL_GAP;
            room += LABEL_GAP;
        }
        html.element("line", "", "class", "cursor", "x1", "0", "x2", "0", "y1", at(TOP - 6), "y2", at(BOTTOM), "visibility", "hidden");
        html.close();
    }

    static String at(double place) { return String.format(Locale.ROOT, "%.1f", place).replace(".0", ""); }
}
