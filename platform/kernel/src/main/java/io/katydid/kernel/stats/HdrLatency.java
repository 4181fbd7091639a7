package io.katydid.kernel.stats;

import io.katydid.api.stats.LatencyHistogram;
import io.katydid.api.stats.Percentiles;
import org.HdrHistogram.AbstractHistogram;

/** Is a distribution in the places of a HdrHistogram, microseconds with three digits. Immutable. */
record HdrLatency(TimeCounts counts) implements LatencyHistogram {
    static final HdrLatency EMPTY = new HdrLatency(TimeCounts.NONE);

    HdrLatency with(AbstractHistogram interval) { return new HdrLatency(counts.plus(TimeCounts.of(interval))); }

    @Override public HdrLatency minus(LatencyHistogram earlier) { return new HdrLatency(counts.minus(((HdrLatency) earlier).counts)); }

    @Override public long count() { return counts.count(); }

    @Override public double minMs() { return count() == 0 ? Double.NaN : counts.least() / 1000.0; }

    @Override public double maxMs() { return count() == 0 ? Double.NaN : counts.most() / 1000.0; }

    @Override public double meanMs() { return count() == 0 ? Double.NaN : counts.mean() / 1000.0; }

    @Override public double stdDeviationMs() { return count() == 0 ? Double.NaN : counts.deviation() / 1000.0; }

    @Override public double percentileMs(double p) {
        Percentiles.require(p);
        return count() == 0 ? Double.NaN : counts.percentile(p * 100) / 1000.0;
    }

    @Override public long countUpTo(double ms) { return count() == 0 || ms <= 0 ? 0 : counts.countUpTo((long) (ms * 1000)); }

    @Override public LatencyHistogram plus(LatencyHistogram other) {
        return other.count() == 0 ? this : new HdrLatency(counts.plus(((HdrLatency) other).counts));
    }

    @Override public byte[] encoded() { return counts.encoded(); }
}
