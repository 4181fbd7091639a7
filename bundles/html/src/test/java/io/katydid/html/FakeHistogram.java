package io.katydid.html;

import io.katydid.api.stats.LatencyHistogram;
import java.util.Arrays;

/** Is a histogram of the values given, in ms. */
record FakeHistogram(double... millis) implements LatencyHistogram {

    FakeHistogram {
        millis = millis.clone();
        Arrays.sort(millis);
    }

    @Override public long count() { return millis.length; }

    @Override public double minMs() { return millis.length == 0 ? Double.NaN : millis[0]; }

    @Override public double maxMs() { return millis.length == 0 ? Double.NaN : millis[millis.length - 1]; }

    @Override public double meanMs() { return Arrays.stream(millis).average().orElse(Double.NaN); }

    @Override public double stdDeviationMs() { return Double.NaN; }

    @Override public double percentileMs(double p) {
        return millis.length == 0 ? Double.NaN : millis[(int) Math.min(millis.length - 1, Math.floor(p * millis.length))];
    }

    @Override public long countUpTo(double ms) { return Arrays.stream(millis).filter(value -> value <= ms).count(); }

    @Override public LatencyHistogram minus(LatencyHistogram earlier) { throw new UnsupportedOperationException(); }

    @Override public LatencyHistogram plus(LatencyHistogram other) {
        throw new UnsupportedOperationException();
    }

    @Override public byte[] encoded() { return new byte[0]; }
}
