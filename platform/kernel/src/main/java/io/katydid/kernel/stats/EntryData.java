package io.katydid.kernel.stats;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.LatencyHistogram;
import io.katydid.api.stats.Percentiles;
import io.katydid.api.stats.StatsError;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Holds the numbers of one entry at one moment; immutable. The sum of times is seconds and nanoseconds, for many users wait for centuries together. What depends on all entries together, the frame, is set when a snapshot is made of it. */
record EntryData(Key key, long numRequests, long numFailures, long numNoneRequests, long sumSeconds, long sumNanos, double minMillis,
    double maxMillis,
    long bytes,
    double startTime, long lastNanos, Buckets buckets, HdrLatency ok, HdrLatency failed, SecondCounts requestsPerSecond,
    SecondCounts failuresPerSecond) {

    private static final long SECOND = 1_000_000_000L;
    static final String AGGREGATED = "Aggregated";

    static EntryData empty(Key key, double startTime) {
        return new EntryData(key, 0, 0, 0, 0, 0, Double.POSITIVE_INFINITY, 0, 0, startTime, Long.MIN_VALUE, new Buckets(), HdrLatency.EMPTY,
            HdrLatency.EMPTY,
            SecondCounts.NONE, SecondCounts.NONE);
    }

    EntryData plus(Cell cell) {
        // Whole numbers, so that the order in which intervals come does not change the sum.
        long nanos = sumNanos + cell.sumNanos % SECOND;
        return new EntryData(key, numRequests + cell.requests, numFailures + cell.failures, numNoneRequests + cell.none,
            sumSeconds + cell.sumNanos / SECOND + nanos / SECOND, nanos % SECOND,
            Math.min(minMillis, cell.minMillis), Math.max(maxMillis, cell.maxMillis), bytes + cell.bytes,
            cell.startNanos == Long.MAX_VALUE ? startTime : Math.min(startTime, cell.startNanos / 1e9),
            Math.max(lastNanos, cell.lastNanos),
            buckets.plus(cell.buckets), cell.ok == null ? ok : ok.with(cell.ok), cell.failed == null ? failed : failed.with(cell.failed),
            requestsPerSecond.plus(cell.requestsPerSecond), failuresPerSecond.plus(cell.failuresPerSecond));
    }

    double sumMillis() { return sumSeconds * 1e3 + sumNanos / 1e6; }

    Tally tally() {
        return new Tally(key.name(), key.method(), numRequests, numFailures, numNoneRequests, bytes, sumSeconds * SECOND + sumNanos,
            ok.count(), failed.count());
    }

    long timed() { return numRequests - numNoneRequests; }

    double bucketPercentile(double p) { return buckets.total() == 0 ? Double.NaN : buckets.percentile(Percentiles.require(p)); }

    HdrLatency all() { return (HdrLatency) ok.plus(failed); }

    /**
     * Is what all entries of a snapshot have in common.
     *
     * @param startTime epoch second when the statistics began
     * @param lastRequest epoch second of the last request of all; empty before the first
     * @param errors the failures of all entries
     */
    record Frame(double startTime, Optional<Double> lastRequest, List<StatsError> errors) {}

    /** Gives the view of a snapshot: {@code earlier} is the same entry about ten seconds ago, or empty when there is none. */
    EntrySnapshot view(Frame frame, Optional<EntryData> earlier) {
        return new View(this, frame, earlier);
    }

    private record View(EntryData data, Frame frame, Optional<EntryData> earlier) implements EntrySnapshot {

        @Override public String name() { return data.key.name(); }

        @Override public String method() { return data.key.method(); }

        @Override public long numRequests() { return data.numRequests; }

        @Override public long numFailures() { return data.numFailures; }

        @Override public long numNoneRequests() { return data.numNoneRequests; }

        @Override public double failRatio() {
            if (data.numRequests == 0) return data.numFailures > 0 ? 1 : 0;
            return (double) data.numFailures / data.numRequests;
        }

        @Override public double avgResponseTime() { return data.timed() == 0 ? 0 : data.sumMillis() / data.timed(); }

        @Override public double minResponseTime() { return data.timed() == 0 ? 0 : data.minMillis; }

        @Override public double maxResponseTime() { return data.maxMillis; }

        @Override public double medianResponseTime() {
            return data.timed() == 0 ? 0
                : Math.clamp((double) data.buckets.median(), data.minMillis, Math.max(data.minMillis, data.maxMillis));
        }

        @Override public double currentRps() { return current(data.requestsPerSecond); }

        @Override public double currentFailPerSec() { return current(data.failuresPerSecond); }

        private double current(SecondCounts counts) {
            if (frame.lastRequest.isEmpty()) return 0;
            long last = frame.lastRequest.get().longValue();
            return counts.mean(Math.max(last - 12, (long) frame.startTime), last - 2);
        }

        @Override public double totalRps() { return perSecond(data.numRequests); }

        @Override public double totalFailPerSec() { return perSecond(data.numFailures); }

        private double perSecond(long count) {
            double seconds = frame.lastRequest.map(last -> last - frame.startTime).orElse(0.0);
            return seconds > 0 ? count / seconds : 0;
        }

        @Override public double avgContentLength() { return data.numRequests == 0 ? 0 : (double) data.bytes / data.numRequests; }

        @Override public double responseTimePercentile(double p) { return data.bucketPercentile(p); }

        @Override public double currentResponseTimePercentile(double p) {
            Percentiles.require(p);
            return earlier.map(old -> data.buckets.minus(old.buckets)).filter(window -> window.total() > 0)
                .map(window -> (double) window.percentile(p))
                .orElse(Double.NaN);
        }

        @Override public double percentile(double p) { return data.all().percentileMs(p); }

        @Override public double currentPercentile(double p) {
            Percentiles.require(p);
            return earlier.map(old -> data.all().minus(old.all()).percentileMs(p)).orElse(Double.NaN);
        }

        @Override public LatencyHistogram histogram() { return data.all(); }

        @Override public Collection<StatsError> failures() {
            if (data.key.name().equals(AGGREGATED) && data.key.method().isEmpty()) return frame.errors;
            return frame.errors.stream().filter(error -> error.name().equals(name()) && error.method().equals(method())).toList();
        }

        @Override public String failuresJson() { return FailuresJson.of(failures()); }

        @Override public double startTime() { return data.startTime; }

        @Override public Optional<Double> lastRequestTimestamp() {
            return data.lastNanos == Long.MIN_VALUE ? Optional.empty() : Optional.of(data.lastNanos / 1e9);
        }

        @Override public double totalResponseTime() { return data.sumMillis(); }

        @Override public long totalContentLength() { return data.bytes; }

        @Override public Map<Long, Long> responseTimes() { return data.buckets.map(); }

        @Override public Map<Long, Long> numReqsPerSec() { return data.requestsPerSecond.map(); }

        @Override public Map<Long, Long> numFailPerSec() { return data.failuresPerSecond.map(); }
    }
}
