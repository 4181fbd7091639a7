package io.katydid.prometheus;

import io.katydid.api.Environment;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.LatencyHistogram;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.NamingConvention;
import io.prometheus.metrics.model.registry.Collector;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.TreeMap;

/** Shows the response times of each name as a histogram: exact counts up to fixed bounds. */
final class ResponseTimes implements Collector {
    /** The meter of Micrometer in whose place the histogram stands. */
    static final String METER = "katydid.response.time";
    private static final String UNIT = "seconds";
    private static final double[] BOUNDS = {0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
        Double.POSITIVE_INFINITY};
    private final Environment environment;
    private final NamingConvention convention;

    ResponseTimes(Environment environment, NamingConvention convention) {
        this.environment = environment;
        this.convention = convention;
    }

    @Override public String getPrometheusName() { return convention.name(METER, Meter.Type.TIMER, UNIT); }

    @Override public MetricSnapshot collect() {
        var family = HistogramSnapshot.builder().name(getPrometheusName()).help("response times; untimed requests are not in it");
        for (var entry : environment.stats().snapshot().entries()) {
            family.dataPoint(HistogramDataPointSnapshot.builder().labels(labels(entry)).classicHistogramBuckets(buckets(entry.histogram()))
                .sum(entry.totalResponseTime() / 1000).build());
        }
        return family.build();
    }

    private Labels labels(EntrySnapshot entry) {
        var labels = new TreeMap<String, String>();
        environment.labels().forEach((key, value) -> labels.put(convention.tagKey(key), convention.tagValue(value)));
        labels.put("method", entry.method());
        labels.put("name", entry.name());
        return Labels.of(labels.keySet().toArray(String[]::new), labels.values().toArray(String[]::new));
    }

    private static ClassicHistogramBuckets buckets(LatencyHistogram histogram) {
        var counts = new long[BOUNDS.length];
        long below = 0;
        for (int i = 0; i < BOUNDS.length; i++) {
            // Above the largest time there is nothing to count.
            long upTo = BOUNDS[i] * 1000 < histogram.maxMs() ? histogram.countUpTo(BOUNDS[i] * 1000) : histogram.count();
            counts[i] = upTo - below;
            below = upTo;
        }
        return ClassicHistogramBuckets.of(BOUNDS, counts);
    }
}
