package io.katydid.kernel.stats;

import io.katydid.api.stats.LatencyHistogram;
import io.katydid.api.stats.Percentiles;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.PackedHistogram;

/** Is a distribution over HdrHistogram, microseconds with three digits. Immutable after its making. */
final class HdrLatency implements LatencyHistogram {
    private static final int DIGITS = 3;
    static final HdrLatency EMPTY = new HdrLatency(new PackedHistogram(DIGITS));
    private final PackedHistogram histogram;

    private HdrLatency(PackedHistogram histogram) {
        this.histogram = histogram;
    }

    HdrLatency with(AbstractHistogram interval) {
        var sum = histogram.copy();
        sum.add(interval);
        return new HdrLatency(sum);
    }

    HdrLatency minus(HdrLatency earlier) {
        if (earlier.count() == 0) return this;
        var rest = histogram.copy();
        rest.subtract(earlier.histogram);
        return new HdrLatency(rest);
    }

    @Override public long count() { return histogram.getTotalCount(); }

    @Override public double minMs() { return count() == 0 ? Double.NaN : histogram.getMinValue() / 1000.0; }

    @Override public double maxMs() { return count() == 0 ? Double.NaN : histogram.getMaxValue() / 1000.0; }

    @Override public double meanMs() { return count() == 0 ? Double.NaN : histogram.getMean() / 1000.0; }

    @Override public double stdDeviationMs() { return count() == 0 ? Double.NaN : histogram.getStdDeviation() / 1000.0; }

    @Override public double percentileMs(double p) {
        Percentiles.require(p);
        return count() == 0 ? Double.NaN : histogram.getValueAtPercentile(p * 100) / 1000.0;
    }

    @Override public long countUpTo(double ms) {
        return count() == 0 || ms <= 0 ? 0 : histogram.getCountBetweenValues(0, (long) (ms * 1000));
    }

    @Override public LatencyHistogram plus(LatencyHistogram other) {
        if (other.count() == 0) return this;
        return with(((HdrLatency) other).histogram);
    }

    /** Encodes afresh: the bytes name the range of the histogram's array, which depends on the order in which intervals came. */
    @Override public byte[] encoded() {
        return TimeCounts.of(histogram).encoded();
    }
}
