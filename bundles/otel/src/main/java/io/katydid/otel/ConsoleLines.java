package io.katydid.otel;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/** Writes spans, points and log records for people to read. */
final class ConsoleLines {
    private ConsoleLines() {}

    static String of(SpanData span) {
        return String.format(Locale.ROOT, "span %s %s %.3f ms trace=%s %s %s", time(span.getStartEpochNanos()), span.getName(),
            (span.getEndEpochNanos() - span.getStartEpochNanos()) / 1e6, span.getTraceId(), span.getStatus().getStatusCode(),
            text(span.getAttributes())).stripTrailing();
    }

    static List<String> of(MetricData metric) {
        return metric.getData().getPoints().stream().map(point -> "metric %s %s %s %s %s".formatted(time(point.getEpochNanos()),
            metric.getName(), value(point), metric.getUnit(), text(point.getAttributes())).stripTrailing()).toList();
    }

    static String of(LogRecordData record) {
        var body = record.getBodyValue();
        return "log %s %s %s %s".formatted(time(record.getTimestampEpochNanos()), record.getSeverityText(),
            record.getInstrumentationScopeInfo().getName(), body == null ? "" : body.asString());
    }

    private static String value(PointData point) {
        return switch (point) {
            case LongPointData number -> Long.toString(number.getValue());
            case DoublePointData number -> Double.toString(number.getValue());
            case HistogramPointData histogram -> String.format(Locale.ROOT, "count=%d sum=%.6f max=%.6f", histogram.getCount(),
                histogram.getSum(), histogram.getMax());
            default -> point.toString();
        };
    }

    private static String text(Attributes attributes) {
        var sorted = new TreeMap<String, Object>();
        attributes.forEach((key, value) -> sorted.put(key.getKey(), value));
        return sorted.toString();
    }

    private static String time(long epochNanos) {
        return Instant.ofEpochSecond(0, epochNanos).toString();
    }
}
