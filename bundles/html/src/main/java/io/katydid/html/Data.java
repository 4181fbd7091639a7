package io.katydid.html;

import io.katydid.api.Run;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Percentiles;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Makes the report's data as JSON that is safe inside a script element; the charts and later tools read it. NaN is null. */
final class Data {

    private Data() {}

    static String of(Report report) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("title", Shortened.bounded(report.title()));
        data.put("start_time", report.start().map(Instant::toString).orElse(null));
        data.put("end_time", report.end().toString());
        data.put("run_id", report.run().map(Run::id).orElse(null));
        data.put("exit_code", report.exitCode().isPresent() ? report.exitCode().getAsInt() : null);
        data.put("cancelled", report.cancelled());
        data.put("total", entry(report.snapshot().total()));
        data.put("statistics", RequestTable.listed(report.snapshot()).stream().map(Data::entry).toList());
        data.put("failures", FailureTable.listed(report.snapshot()).stream().map(error -> {
            var row = new LinkedHashMap<String, Object>();
            row.put("method", Shortened.inPlace(error.method()));
            row.put("name", Shortened.inPlace(error.name()));
            row.put("error", Shortened.bounded(error.error()));
            row.put("occurrences", error.occurrences());
            return row;
        }).toList());
        data.put("series", series(report.series()));
        return safe(JsonMapper.shared().writeValueAsString(data));
    }

    /** Keeps the text from ending its element, from beginning a comment in it, and from ending a line of a script. */
    static String safe(String json) {
        var out = new StringBuilder(json.length() + 64);
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean pair = Character.isHighSurrogate(c) && i + 1 < json.length() && Character.isLowSurrogate(json.charAt(i + 1));
            if (pair) {
                out.append(c).append(json.charAt(++i));
            } else if ("<>&\u2028\u2029\u007F".indexOf(c) >= 0 || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static Map<String, @Nullable Object> entry(EntrySnapshot entry) {
        var row = new LinkedHashMap<String, @Nullable Object>();
        row.put("method", Shortened.inPlace(entry.method()));
        row.put("name", Shortened.bounded(entry.name()));
        row.put("num_requests", entry.numRequests());
        row.put("num_failures", entry.numFailures());
        row.put("total_rps", number(entry.totalRps()));
        row.put("avg_response_time", number(entry.avgResponseTime()));
        var percentiles = new LinkedHashMap<String, @Nullable Object>();
        var histogram = entry.histogram();
        for (double p : PercentileTable.COLUMNS) percentiles.put(Percentiles.label(p), number(histogram.percentileMs(p)));
        row.put("percentiles_ms", percentiles);
        return row;
    }

    private static Map<String, Object> series(Series series) {
        var points = series.points();
        var columns = new LinkedHashMap<String, Object>();
        columns.put("to", column(points, Point::to));
        columns.put("users", column(points, Point::users));
        columns.put("rps", column(points, Point::rps));
        columns.put("failures", column(points, Point::failuresPerSecond));
        columns.put("p50", column(points, Point::p50));
        columns.put("p90", column(points, Point::p90));
        columns.put("p95", column(points, Point::p95));
        columns.put("p99", column(points, Point::p99));
        return columns;
    }

    private static @Nullable Number[] column(List<Point> points, ToDoubleFunction<Point> of) {
        return points.stream().map(point -> number(of.applyAsDouble(point))).toArray(Number[]::new);
    }

    /** Rounds to thousandths, which is a microsecond. */
    private static @Nullable Number number(double value) {
        if (!Double.isFinite(value)) return null;
        double rounded = Math.round(value * 1000) / 1000.0;
        if (rounded == Math.rint(rounded)) return (long) rounded;
        return rounded;
    }
}
