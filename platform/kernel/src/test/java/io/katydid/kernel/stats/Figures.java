package io.katydid.kernel.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Snapshot;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Is everything a snapshot says of its requests, to compare: each double to the last bit, histograms as their bytes. */
record Figures(Map<String, Of> entries, Of total, List<String> errors) {

    /** Is everything of one entry. */
    record Of(long requests, long failures, long untimed, long bytes, double sum, double least, double most, double average, double median,
        double last, Map<Long, Long> responseTimes, Map<Long, Long> perSecond, Map<Long, Long> failedPerSecond, String histogram,
        double rps,
        double currentRps, double p95, double p999) {

        static Of of(EntrySnapshot entry) {
            return new Of(entry.numRequests(), entry.numFailures(), entry.numNoneRequests(), entry.totalContentLength(),
                entry.totalResponseTime(),
                entry.minResponseTime(), entry.maxResponseTime(), entry.avgResponseTime(), entry.medianResponseTime(),
                entry.lastRequestTimestamp().orElse(0.0), entry.responseTimes(), entry.numReqsPerSec(), entry.numFailPerSec(),
                HexFormat.of().formatHex(entry.histogram().encoded()), entry.totalRps(), entry.currentRps(),
                entry.responseTimePercentile(0.95),
                entry.percentile(0.999));
        }
    }

    static Figures of(Snapshot snapshot) {
        var entries = new TreeMap<String, Of>();
        for (var entry : snapshot.entries()) entries.put(entry.method() + " " + entry.name(), Of.of(entry));
        return new Figures(entries, Of.of(snapshot.total()), snapshot.errors().stream().map(Object::toString).toList());
    }

    /** Compares piece by piece, so that a failure names the one that differs. */
    void mustBe(Figures expected, String what) {
        assertThat(entries.keySet()).as(what).isEqualTo(expected.entries.keySet());
        entries.forEach(
            (name, of) -> assertThat(of).as("%s, %s", what, name).usingRecursiveComparison().withEqualsForType(Double::equals, Double.class)
                .isEqualTo(expected.entries.get(name)));
        assertThat(total).as("%s, total", what).usingRecursiveComparison().withEqualsForType(Double::equals, Double.class)
            .isEqualTo(expected.total);
        assertThat(errors).as(what).isEqualTo(expected.errors);
    }
}
