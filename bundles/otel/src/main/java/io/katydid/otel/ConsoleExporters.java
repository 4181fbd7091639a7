package io.katydid.otel;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigProperties;
import io.opentelemetry.sdk.autoconfigure.spi.logs.ConfigurableLogRecordExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.metrics.ConfigurableMetricExporterProvider;
import io.opentelemetry.sdk.autoconfigure.spi.traces.ConfigurableSpanExporterProvider;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.logs.export.LogRecordExporter;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.export.MetricExporter;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;

/** Shows the SDK the exporters called {@code console}, which print a line for each thing, beside those of its own jars. */
record ConsoleExporters(ComponentLoader libraries, PrintStream out) implements ComponentLoader {

    @Override public <T> Iterable<T> load(Class<T> kind) {
        var found = new ArrayList<T>();
        libraries.load(kind).forEach(found::add);
        for (var own : new Object[]{new SpanProvider(out), new MetricProvider(out), new LogProvider(out)})
            if (kind.isInstance(own)) found.add(kind.cast(own));
        return found;
    }

    private record SpanProvider(PrintStream out) implements ConfigurableSpanExporterProvider {
        @Override public SpanExporter createExporter(ConfigProperties properties) { return new Spans(out); }

        @Override public String getName() { return ExporterSettings.CONSOLE; }
    }

    private record MetricProvider(PrintStream out) implements ConfigurableMetricExporterProvider {
        @Override public MetricExporter createExporter(ConfigProperties properties) { return new Metrics(out); }

        @Override public String getName() { return ExporterSettings.CONSOLE; }
    }

    private record LogProvider(PrintStream out) implements ConfigurableLogRecordExporterProvider {
        @Override public LogRecordExporter createExporter(ConfigProperties properties) { return new Logs(out); }

        @Override public String getName() { return ExporterSettings.CONSOLE; }
    }

    /** Prints spans. */
    record Spans(PrintStream out) implements SpanExporter {
        @Override public CompletableResultCode export(Collection<SpanData> batch) {
            batch.forEach(span -> out.println(ConsoleLines.of(span)));
            return flush();
        }

        @Override public CompletableResultCode flush() { return flushed(out); }

        @Override public CompletableResultCode shutdown() { return flush(); }
    }

    /** Prints each point of each metric. */
    record Metrics(PrintStream out) implements MetricExporter {
        @Override public CompletableResultCode export(Collection<MetricData> batch) {
            batch.forEach(metric -> ConsoleLines.of(metric).forEach(out::println));
            return flush();
        }

        @Override public CompletableResultCode flush() { return flushed(out); }

        @Override public CompletableResultCode shutdown() { return flush(); }

        @Override public AggregationTemporality getAggregationTemporality(InstrumentType type) { return AggregationTemporality.CUMULATIVE; }
    }

    /** Prints log records. */
    record Logs(PrintStream out) implements LogRecordExporter {
        @Override public CompletableResultCode export(Collection<LogRecordData> batch) {
            batch.forEach(record -> out.println(ConsoleLines.of(record)));
            return flush();
        }

        @Override public CompletableResultCode flush() { return flushed(out); }

        @Override public CompletableResultCode shutdown() { return flush(); }
    }

    private static CompletableResultCode flushed(PrintStream out) {
        out.flush();
        return CompletableResultCode.ofSuccess();
    }
}
