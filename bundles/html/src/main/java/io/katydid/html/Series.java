package io.katydid.html;

import io.katydid.api.stats.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** Collects the points of the charts, one a second; when there are too many, the step doubles. At most {@link #MOST} points, however long the run. */
final class Series {
    static final int MOST = 1_200;
    private static final double SHORTEST_SECONDS = 0.5;
    private final ArrayList<Point> points = new ArrayList<>();
    private int secondsPerPoint = 1;
    private int secondsInLast;
    private double end;
    private long requests;
    private long failures;

    void clear() {
        points.clear();
        secondsPerPoint = 1;
        secondsInLast = 0;
        end = 0;
        requests = 0;
        failures = 0;
    }

    void add(Snapshot second) {
        var total = second.total();
        boolean reset = total.numRequests() < requests || total.numFailures() < failures;
        var health = second.health();
        double busiest = health.loopUtilisation().stream().mapToDouble(Double::doubleValue).max().orElse(Double.NaN);
        var point = new Point(end, Math.max(end, second.runTime()), total.numRequests() - (reset ? 0 : requests),
            total.numFailures() - (reset ? 0 : failures), second.userCount(), total.currentPercentile(0.5), total.currentPercentile(0.9),
            total.currentPercentile(0.95), total.currentPercentile(0.99), busiest, health.wakeUpDelayP99Ms(), health.gcPauseMs(),
            health.stolenMs());
        requests = total.numRequests();
        failures = total.numFailures();
        end = point.to();
        append(point);
    }

    private void append(Point point) {
        // The last moment of a run is seldom a whole second: alone, its rate would be a spike or a hole.
        boolean sliver = point.seconds() < SHORTEST_SECONDS;
        if (!points.isEmpty() && (sliver || secondsInLast < secondsPerPoint)) {
            points.set(points.size() - 1, points.getLast().plus(point));
            if (!sliver) secondsInLast++;
            return;
        }
        if (points.size() == MOST) coarsen();
        points.add(point);
        secondsInLast = 1;
    }

    private void coarsen() {
        var pairs = inGroups(2);
        points.clear();
        points.addAll(pairs);
        secondsPerPoint *= 2;
    }

    private List<Point> inGroups(int size) {
        var groups = new ArrayList<Point>();
        for (int i = 0; i < points.size(); i += size)
            groups.add(points.subList(i, Math.min(points.size(), i + size)).stream().reduce(Point::plus).orElseThrow());
        return groups;
    }

    List<Point> points() { return List.copyOf(points); }

    /** Gives the same run in fewer, wider steps. */
    List<Point> atMost(int count) {
        return inGroups(Math.max(1, Math.ceilDiv(points.size(), count)));
    }

    int secondsPerPoint() { return secondsPerPoint; }

    /** Gives the largest value of a column; NaN when there is none. */
    double largest(ToDoubleFunction<Point> column) {
        return points.stream().mapToDouble(column).reduce(Double.NaN, Point::most);
    }
}
