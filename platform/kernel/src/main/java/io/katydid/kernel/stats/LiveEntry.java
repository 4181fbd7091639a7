package io.katydid.kernel.stats;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.LatencyHistogram;
import io.katydid.api.stats.StatsEntry;
import io.katydid.api.stats.StatsError;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** Shows an entry as the newest snapshot has it, and takes numbers from elsewhere. */
record LiveEntry(Statistics statistics, Key key) implements StatsEntry {

    private EntrySnapshot now() { return statistics.entry(key); }

    @Override public void logResponse(double responseTimeMs, long responseLength) {
        statistics.log(key, responseTimeMs, responseLength);
    }

    @Override public void logError(Throwable exception) {
        statistics.logError(key, exception);
    }

    @Override public String name() { return key.name(); }

    @Override public String method() { return key.method(); }

    @Override public long numRequests() { return now().numRequests(); }

    @Override public long numFailures() { return now().numFailures(); }

    @Override public long numNoneRequests() { return now().numNoneRequests(); }

    @Override public double failRatio() { return now().failRatio(); }

    @Override public double avgResponseTime() { return now().avgResponseTime(); }

    @Override public double minResponseTime() { return now().minResponseTime(); }

    @Override public double maxResponseTime() { return now().maxResponseTime(); }

    @Override public double medianResponseTime() { return now().medianResponseTime(); }

    @Override public double currentRps() { return now().currentRps(); }

    @Override public double currentFailPerSec() { return now().currentFailPerSec(); }

    @Override public double totalRps() { return now().totalRps(); }

    @Override public double totalFailPerSec() { return now().totalFailPerSec(); }

    @Override public double avgContentLength() { return now().avgContentLength(); }

    @Override public double responseTimePercentile(double p) { return now().responseTimePercentile(p); }

    @Override public double currentResponseTimePercentile(double p) { return now().currentResponseTimePercentile(p); }

    @Override public double percentile(double p) { return now().percentile(p); }

    @Override public double currentPercentile(double p) { return now().currentPercentile(p); }

    @Override public LatencyHistogram histogram() { return now().histogram(); }

    @Override public Collection<StatsError> failures() { return now().failures(); }

    @Override public String failuresJson() { return now().failuresJson(); }

    @Override public double startTime() { return now().startTime(); }

    @Override public Optional<Double> lastRequestTimestamp() { return now().lastRequestTimestamp(); }

    @Override public double totalResponseTime() { return now().totalResponseTime(); }

    @Override public long totalContentLength() { return now().totalContentLength(); }

    @Override public Map<Long, Long> responseTimes() { return now().responseTimes(); }

    @Override public Map<Long, Long> numReqsPerSec() { return now().numReqsPerSec(); }

    @Override public Map<Long, Long> numFailPerSec() { return now().numFailPerSec(); }
}
