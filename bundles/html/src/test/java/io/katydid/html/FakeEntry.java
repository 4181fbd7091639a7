package io.katydid.html;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.LatencyHistogram;
import io.katydid.api.stats.StatsError;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Is an entry with the numbers given; as many requests as {@code numRequests} says, timed as the histogram says. */
record FakeEntry(String method, String name, long numRequests, long numFailures, LatencyHistogram histogram) implements EntrySnapshot {

    static FakeEntry of(String method, String name) { return new FakeEntry(method, name, 3, 1, new FakeHistogram(1, 20, 300)); }

    static FakeEntry total(long requests, long failures, double... millis) {
        return new FakeEntry("", "Aggregated", requests, failures, new FakeHistogram(millis));
    }

    @Override public long numNoneRequests() { return histogram.count() == 0 ? numRequests : 0; }

    @Override public double failRatio() { return numRequests == 0 ? 0 : (double) numFailures / numRequests; }

    @Override public double avgResponseTime() { return histogram.count() == 0 ? 0 : histogram.meanMs(); }

    @Override public double minResponseTime() { return histogram.count() == 0 ? 0 : histogram.minMs(); }

    @Override public double maxResponseTime() { return histogram.count() == 0 ? 0 : histogram.maxMs(); }

    @Override public double medianResponseTime() { return histogram.count() == 0 ? 0 : histogram.percentileMs(0.5); }

    @Override public double currentRps() { return numRequests; }

    @Override public double currentFailPerSec() { return numFailures; }

    @Override public double totalRps() { return numRequests; }

    @Override public double totalFailPerSec() { return numFailures; }

    @Override public double avgContentLength() { return 100; }

    @Override public double responseTimePercentile(double p) { return histogram.percentileMs(p); }

    @Override public double currentResponseTimePercentile(double p) { return histogram.percentileMs(p); }

    @Override public double percentile(double p) { return histogram.percentileMs(p); }

    @Override public double currentPercentile(double p) { return histogram.percentileMs(p); }

    @Override public LatencyHistogram histogram() { return histogram; }

    @Override public Collection<StatsError> failures() { return List.of(); }

    @Override public String failuresJson() { return "[]"; }

    @Override public double startTime() { return 0; }

    @Override public Optional<Double> lastRequestTimestamp() { return Optional.empty(); }

    @Override public double totalResponseTime() { return 0; }

    @Override public long totalContentLength() { return 0; }

    @Override public Map<Long, Long> responseTimes() { return Map.of(); }

    @Override public Map<Long, Long> numReqsPerSec() { return Map.of(); }

    @Override public Map<Long, Long> numFailPerSec() { return Map.of(); }
}
