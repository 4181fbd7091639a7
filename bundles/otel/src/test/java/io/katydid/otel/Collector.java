package io.katydid.otel;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.katydid.testkit.Answer;
import io.katydid.testkit.SeenRequest;
import io.katydid.testkit.TargetServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/** Is a collector on loopback that takes OTLP over HTTP and decodes it as the standard says. */
final class Collector implements AutoCloseable {
    static final String TRACES = "/v1/traces";
    static final String METRICS = "/v1/metrics";
    static final String LOGS = "/v1/logs";
    final TargetServer server = TargetServer.open().otherwise(Answer.bytes("application/x-protobuf", new byte[0]));

    String url() { return server.url(); }

    List<Span> spans() {
        var spans = new ArrayList<Span>();
        for (var request : of(TRACES)) {
            traces(body(request)).getResourceSpansList().forEach(resource -> resource.getScopeSpansList().forEach(scope -> {
                assertThat(scope.getScope().getName()).isEqualTo("katydid");
                spans.addAll(scope.getSpansList());
            }));
        }
        return spans;
    }

    Resource resource() {
        return traces(body(of(TRACES).getFirst())).getResourceSpans(0).getResource();
    }

    Resource resourceOfMetrics() throws InvalidProtocolBufferException {
        return ExportMetricsServiceRequest.parseFrom(body(of(METRICS).getFirst())).getResourceMetrics(0).getResource();
    }

    /** Gives the newest state of a metric. */
    Metric metric(String name) {
        return metrics().stream().filter(metric -> metric.getName().equals(name)).reduce((_, newer) -> newer)
            .orElseThrow(() -> new AssertionError("no metric " + name + " in " + metrics().stream().map(Metric::getName).toList()));
    }

    List<Metric> metrics() {
        var metrics = new ArrayList<Metric>();
        try {
            for (var request : of(METRICS)) {
                for (var resource : ExportMetricsServiceRequest.parseFrom(body(request)).getResourceMetricsList())
                    resource.getScopeMetricsList().forEach(scope -> metrics.addAll(scope.getMetricsList()));
            }
        } catch (InvalidProtocolBufferException problem) {
            throw new UncheckedIOException(problem);
        }
        return metrics;
    }

    /** Gives the counts of the histogram of durations by name. */
    Map<String, Long> durations() {
        var counts = new TreeMap<String, Long>();
        for (var point : histogram()) counts.merge(attributes(point.getAttributesList()).get("name"), point.getCount(), Long::sum);
        return counts;
    }

    List<HistogramDataPoint> histogram() { return metric(RequestDurations.NAME).getHistogram().getDataPointsList(); }

    List<LogRecord> logs() {
        var records = new ArrayList<LogRecord>();
        try {
            for (var request : of(LOGS)) {
                for (var resource : ExportLogsServiceRequest.parseFrom(body(request)).getResourceLogsList())
                    resource.getScopeLogsList().forEach(scope -> records.addAll(scope.getLogRecordsList()));
            }
        } catch (InvalidProtocolBufferException problem) {
            throw new UncheckedIOException(problem);
        }
        return records;
    }

    List<SeenRequest> of(String path) { return server.seen().stream().filter(request -> request.path().equals(path)).toList(); }

    static double value(NumberDataPoint point) { return point.hasAsInt() ? point.getAsInt() : point.getAsDouble(); }

    static Map<String, String> attributes(List<KeyValue> list) {
        var attributes = new TreeMap<String, String>();
        for (var one : list)
            attributes.put(one.getKey(),
                one.getValue().hasIntValue() ? Long.toString(one.getValue().getIntValue()) : one.getValue().getStringValue());
        return attributes;
    }

    private static ExportTraceServiceRequest traces(byte[] body) {
        try {
            return ExportTraceServiceRequest.parseFrom(body);
        } catch (InvalidProtocolBufferException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static byte[] body(SeenRequest request) {
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.header("Content-Type")).contains("application/x-protobuf");
        if (request.header("Content-Encoding").isEmpty()) return request.body();
        try (var unpacked = new GZIPInputStream(new ByteArrayInputStream(request.body()))) {
            return unpacked.readAllBytes();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    @Override public void close() {
        server.close();
    }
}
