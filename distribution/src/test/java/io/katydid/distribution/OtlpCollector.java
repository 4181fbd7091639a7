package io.katydid.distribution;

import com.google.protobuf.InvalidProtocolBufferException;
import io.katydid.testkit.Answer;
import io.katydid.testkit.SeenRequest;
import io.katydid.testkit.TargetServer;
import io.opentelemetry.proto.collector.logs.v1.ExportLogsServiceRequest;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes OTLP over HTTP on loopback, as a collector does, and decodes it. */
final class OtlpCollector implements AutoCloseable {
    private final TargetServer server = TargetServer.open().otherwise(Answer.bytes("application/x-protobuf", new byte[0]));

    String url() { return server.url(); }

    List<Span> spans() throws InvalidProtocolBufferException {
        var spans = new ArrayList<Span>();
        for (var request : to("/v1/traces")) {
            for (var resource : ExportTraceServiceRequest.parseFrom(request.body()).getResourceSpansList())
                resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
        }
        return spans;
    }

    Map<String, String> resource() throws InvalidProtocolBufferException {
        return attributes(ExportTraceServiceRequest.parseFrom(to("/v1/traces").getFirst().body()).getResourceSpans(0).getResource()
            .getAttributesList());
    }

    List<String> logs() throws InvalidProtocolBufferException {
        var lines = new ArrayList<String>();
        for (var request : to("/v1/logs")) {
            for (var resource : ExportLogsServiceRequest.parseFrom(request.body()).getResourceLogsList()) {
                for (var scope : resource.getScopeLogsList()) {
                    scope.getLogRecordsList().forEach(record -> lines.add(scope.getScope().getName() + ": " + record.getBody()
                        .getStringValue()));
                }
            }
        }
        return lines;
    }

    /** Gives the newest figures of the histogram, by name and failure. */
    Map<Map<String, String>, Long> durations() throws InvalidProtocolBufferException {
        var counts = new java.util.HashMap<Map<String, String>, Long>();
        for (var point : newest("locust.client.duration").getHistogram().getDataPointsList())
            counts.put(attributes(point.getAttributesList()), point.getCount());
        return counts;
    }

    /** Gives the newest sum of a counter over all its series. */
    double sum(String counter) throws InvalidProtocolBufferException {
        return newest(counter).getSum().getDataPointsList().stream().mapToDouble(NumberDataPoint::getAsDouble).sum();
    }

    /** Gives all values that a gauge had for some attributes. */
    List<Long> gauge(String name, Map<String, String> of) throws InvalidProtocolBufferException {
        var values = new ArrayList<Long>();
        for (var metric : all(name)) {
            metric.getGauge().getDataPointsList().stream().filter(point -> attributes(point.getAttributesList()).equals(of))
                .forEach(point -> values.add(point.getAsInt()));
        }
        return values;
    }

    private Metric newest(String name) throws InvalidProtocolBufferException { return all(name).getLast(); }

    private List<Metric> all(String name) throws InvalidProtocolBufferException {
        var metrics = new ArrayList<Metric>();
        for (var request : to("/v1/metrics")) {
            for (var resource : ExportMetricsServiceRequest.parseFrom(request.body()).getResourceMetricsList())
                resource.getScopeMetricsList().forEach(scope -> metrics.addAll(scope.getMetricsList()));
        }
        metrics.removeIf(metric -> !metric.getName().equals(name));
        if (metrics.isEmpty()) throw new AssertionError("The collector got no metric " + name + ".");
        return metrics;
    }

    private static Map<String, String> attributes(List<KeyValue> list) {
        var attributes = new TreeMap<String, String>();
        list.forEach(one -> attributes.put(one.getKey(), one.getValue().getStringValue()));
        return attributes;
    }

    private List<SeenRequest> to(String path) { return server.seen().stream().filter(request -> request.path().equals(path)).toList(); }

    @Override public void close() {
        server.close();
    }
}
