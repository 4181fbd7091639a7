package io.katydid.kernel.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.CatchResponseError;
import io.katydid.api.State;
import io.katydid.api.spi.RequestOutcome;
import io.katydid.api.stats.Snapshot;
import io.katydid.carrier.Carrier;
import io.katydid.carrier.CarrierOptions;
import io.katydid.carrier.Carriers;
import io.katydid.parity.Parity;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Proves the formulas of the reference, and that nothing is lost. */
class StatisticsTest {
    private static final long RECORDS = Long.getLong("katydid.stats.records", 2_000_000);
    private final Carriers carriers = Carriers.open(CarrierOptions.defaults().withLoops(2).withName("stats"));
    private final AtomicInteger resets = new AtomicInteger();
    private final Statistics statistics = new Statistics(StatsOptions.defaults(), new Running(), carriers.all(), resets::incrementAndGet);

    @AfterEach void close() {
        carriers.close();
    }

    private record Running() implements RunView {
        @Override public State state() { return State.RUNNING; }

        @Override public Map<String, Integer> userCounts() { return Map.of("A", 3); }

        @Override public double runTime() { return 1; }

        @Override public Snapshot.Health health() { return new Snapshot.Health(List.of(), Double.NaN, Double.NaN, Double.NaN, 0); }
    }

    private void record(String name, double millis, Throwable failure) {
        statistics.record(Carrier.current(),
            new RequestOutcome("GET", name, "", System.nanoTime(), Math.round(millis * 1e6), 10, null, failure, Map.of()),
            Math.round(millis * 1e6));
    }

    @Test
    @Parity({"ST-3", "AC-79"}) void roundingIsThatOfPython() {
        assertThat(List.of(1.5, 2.5, 99.9, 147.0, 145.0, 999.0, 3432.0, 9999.0, 58_760.0).stream().map(Buckets::round).toList())
            .containsExactly(2L, 2L, 100L, 150L, 140L, 1000L, 3400L, 10_000L, 59_000L);
        var random = new Random(7);
        for (int i = 0; i < 100_000; i++) {
            double value = Math.exp(random.nextDouble() * 12);
            int digits = value < 100 ? 0 : value < 1000 ? -1 : value < 10_000 ? -2 : -3;
            assertThat(Buckets.round(value))
                .isEqualTo(new BigDecimal(value, MathContext.DECIMAL64).setScale(digits, RoundingMode.HALF_EVEN).longValue());
        }
    }

    @Test
    @Parity({"ST-6", "AC-78"}) void percentilesWalkTheBucketsFromTheTop() {
        for (int ms = 0; ms < 100; ms++) record("a", ms, null);
        var total = statistics.second(false).total();
        assertThat(total.responseTimePercentile(0.5)).isEqualTo(50);
        assertThat(total.responseTimePercentile(0.95)).isEqualTo(95);
        assertThat(total.responseTimePercentile(1)).isEqualTo(99);
        assertThat(total.medianResponseTime()).isEqualTo(49);
        assertThat(total.avgResponseTime()).isEqualTo(49.5);
        assertThat(total.percentile(0.99)).isBetween(97.9, 98.2);
        assertThatThrownBy(() -> total.percentile(95)).hasMessageContaining("Did you mean 0.95?");
    }

    @Test
    @Parity({"ST-2", "ST-12", "SD-156", "SD-159"}) void failuresAreRequestsAndUntimedOnesAreNotTimed() {
        record("a", 10, new CatchResponseError("no id"));
        statistics.record(Carrier.current(),
            new RequestOutcome("GET", "a", "", System.nanoTime(), RequestOutcome.UNTIMED, 0, null, null, Map.of()), RequestOutcome.UNTIMED);
        var entry = statistics.second(false).entries().getFirst();
        assertThat(entry.numRequests()).isEqualTo(2);
        assertThat(entry.numNoneRequests()).isEqualTo(1);
        assertThat(entry.numFailures()).isEqualTo(1);
        assertThat(entry.avgResponseTime()).isEqualTo(10);
        assertThat(entry.failures()).singleElement().satisfies(error -> assertThat(error.error()).isEqualTo("no id"));
        assertThat(entry.failuresJson()).contains("\"error\": \"no id\", \"occurrences\": 1");
    }

    @Test
    @Parity({"ST-13", "SD-140"}) void resetKeepsTheEntriesAndClearDropsThem() {
        record("a", 10, null);
        statistics.second(false);
        statistics.resetAll();
        assertThat(resets).hasValue(1);
        assertThat(statistics.snapshot().entries()).singleElement().satisfies(entry -> assertThat(entry.numRequests()).isZero());
        statistics.clearAll();
        assertThat(statistics.snapshot().entries()).isEmpty();
    }

    @Test
    @Parity({"SD-157", "SD-158"}) void whatIsLoggedByHandCounts() {
        var entry = statistics.get("mine", "SQL");
        entry.logResponse(12, 100);
        entry.logError(new IllegalStateException("gone"));
        statistics.second(false);
        assertThat(entry.numRequests()).isEqualTo(1);
        assertThat(entry.failRatio()).isEqualTo(1);
        assertThat(statistics.errors()).singleElement()
            .satisfies(error -> assertThat(error.error()).isEqualTo("IllegalStateException: gone"));
    }

    @Test void beyondTheLimitNamesAreOther() {
        try (var few = Carriers.open(CarrierOptions.defaults().withLoops(1))) {
            var capped = new Statistics(new StatsOptions(3, true), new Running(), few.all(), () -> {});
            for (int i = 0; i < 10; i++)
                capped.record(Carrier.current(), new RequestOutcome("GET", "n" + i, "", 0, 1, 0, null, null, Map.of()), 1);
            assertThat(capped.second(false).entries()).anySatisfy(entry -> assertThat(entry.name()).isEqualTo("(other)"));
            assertThat(capped.snapshot().total().numRequests()).isEqualTo(10);
        }
    }

    @Test void histogramsAreReadableByTheLibrary() throws Exception {
        record("a", 5, null);
        var encoded = statistics.second(false).total().histogram().encoded();
        var decoded = Histogram.decodeFromCompressedByteBuffer(java.nio.ByteBuffer.wrap(encoded), 0);
        assertThat(decoded.getTotalCount()).isEqualTo(1);
        assertThat(decoded.getMaxValue()).isBetween(5000L, 5010L);
    }

    @Test void nothingIsLostWhileIntervalsAreHandedOver() throws Exception {
        int writers = 16;
        long each = RECORDS / writers;
        var done = new CountDownLatch(writers);
        Runnable write = () -> {
            for (long i = 0; i < each; i++) {
                record("a", 1, null);
                if (i % 4096 == 0) Thread.yield();
            }
            done.countDown();
        };
        for (int i = 0; i < writers; i++) {
            if (i % 2 == 0) {
                carriers.next().spawn("writer-" + i, () -> {
                    var mine = Carrier.current();
                    for (long k = 0; k < each; k++) {
                        statistics.record(mine, new RequestOutcome("GET", "a", "", 1, 1000, 0, null, null, Map.of()), 1000);
                        if (k % 1024 == 0) Thread.yield();
                    }
                    done.countDown();
                });
            } else {
                Thread.ofPlatform().start(write);
            }
        }
        int handOvers = 0;
        while (done.getCount() > 0) {
            statistics.second(false);
            handOvers++;
        }
        assertThat(statistics.second(true).total().numRequests()).isEqualTo(each * writers);
        assertThat(handOvers).isPositive();
        assertThat(statistics.snapshot().total().numReqsPerSec().values().stream().mapToLong(Long::longValue).sum())
            .isEqualTo(each * writers);
    }

    @Test
    @Parity("SD-164") void theFailuresFileCanBeReadBack() {
        var errors = io.katydid.api.stats.StatsError.parseErrorLog(new StringReader(
            "Method,Name,Error,Occurrences,First Seen,Last Seen\r\nGET,/a,\"said \"\"no\"\", twice\",3,2026-01-31T12:00:00.000001,2026-01-31T12:00:01\r\n"));
        assertThat(errors).singleElement().satisfies(error -> {
            assertThat(error.error()).isEqualTo("said \"no\", twice");
            assertThat(error.occurrences()).isEqualTo(3);
            assertThat(error.lastSeen()).isPresent();
        });
    }
}
