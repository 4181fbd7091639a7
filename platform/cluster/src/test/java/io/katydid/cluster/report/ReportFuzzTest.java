package io.katydid.cluster.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.cluster.Corpus;
import io.katydid.cluster.wire.Codec;
import io.katydid.cluster.wire.CorruptMessage;
import io.katydid.kernel.stats.Delta;
import java.io.IOException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * Lets a master read reports nobody meant, merge what can be counted and show it: it throws nothing, and all times are near its own. Is a target of
 * {@code distribution/bench/Fuzz.java}, which looks for reports by what they reach in the code; those it kept are read here.
 */
public class ReportFuzzTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_795_677_400L);
    private static final long NOW_NANOS = NOW.getEpochSecond() * 1_000_000_000L;
    private static final long DAY_NANOS = 24L * 3600 * 1_000_000_000L;

    /** Is what Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] frame) {
        try {
            read(frame).ifPresent(report -> check(report, frame));
        } catch (CorruptMessage refused) {
            assertThat(refused.getMessage()).isNotBlank();
        }
    }

    /** Reads a report as a master does, the worker's offset too. */
    private static Optional<Report> read(byte[] frame) throws CorruptMessage {
        var data = Codec.decode(frame).data();
        long offset = data instanceof Map<?, ?> map && map.get("clock_offset") instanceof Long number ? number : 0;
        assertThat(new Proof("w").check(data)).isNotNull();
        return new ReportReader("w").read(data, offset, NOW);
    }

    private static void check(Report report, byte[] frame) {
        var delta = report.delta();
        long last = delta.lastNanos();
        if (last != Long.MIN_VALUE && Math.abs(last - NOW_NANOS) > DAY_NANOS)
            fail("The last request was at " + last + ": " + HexFormat.of().formatHex(frame));
        check(delta.total(), frame);
        for (var entry : delta.entries()) check(entry, frame);
        var master = Counted.master();
        master.statistics.merge(delta);
        var snapshot = master.statistics.second(false);
        check(snapshot.total(), delta.total());
        long requests = snapshot.entries().stream().mapToLong(EntrySnapshot::numRequests).sum();
        assertThat(requests).isEqualTo(delta.entries().stream().mapToLong(Delta.Entry::requests).sum());
        var proof = new Proof("w");
        proof.add(delta);
        assertThat(proof.check(Proof.totals(delta.tallies(), delta.generation()))).isNotNull();
    }

    /** What is kept per second costs memory for all seconds between. */
    private static void check(Delta.Entry entry, byte[] frame) {
        for (var perSecond : List.of(entry.requestsPerSecond(), entry.failuresPerSecond())) {
            for (long second : perSecond.keySet()) {
                if (Math.abs(second - NOW.getEpochSecond()) > 2 * DAY_NANOS / 1_000_000_000L)
                    fail("Second " + second + " of " + entry.name() + ": " + HexFormat.of().formatHex(frame));
            }
        }
    }

    private static void check(EntrySnapshot shown, Delta.Entry read) {
        assertThat(shown.numRequests()).isEqualTo(read.requests());
        assertThat(shown.numFailures()).isEqualTo(read.failures());
        if (shown.histogram().count() > 0) assertThat(shown.percentile(0.99)).isGreaterThanOrEqualTo(shown.percentile(0.5));
        assertThat(shown.currentRps()).isNotNegative().isFinite();
        assertThat(shown.totalRps()).isNotNegative();
        assertThat(shown.avgResponseTime()).isNotNegative().isFinite();
    }

    @Test void theKeptReportsAreReadOrRefused() throws Exception {
        int counted = 0;
        int refused = 0;
        for (var frame : Corpus.of("reports")) {
            fuzzerTestOneInput(frame);
            if (isCounted(frame)) counted++;
            else refused++;
        }
        assertThat(counted).isGreaterThan(100);
        assertThat(refused).isGreaterThan(50);
    }

    private static boolean isCounted(byte[] frame) throws IOException {
        try {
            return read(frame).isPresent();
        } catch (CorruptMessage no) {
            return false;
        }
    }
}
