package io.katydid.kernel.stats;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.kernel.Logged;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Looks for what a reset leaves behind, and at what is counted between two seconds. */
class ResetsTest {

    @Test void nothingOfTheTimeBeforeIsSeenAfterIt() {
        try (var kept = new Kept()) {
            kept.at(0.5).ends("a", 900, 5, new IllegalStateException("no"));
            kept.statistics.exception(new IllegalStateException("broken"), "local");
            kept.statistics.cancelled("GET", "a");
            kept.at(1).now();
            kept.at(1.5).ends("a", 900);
            kept.statistics.resetAll();

            assertThat(kept.statistics.exceptions()).isEmpty();
            assertThat(kept.statistics.errors()).isEmpty();
            assertThat(kept.statistics.snapshot().cancelled()).isEmpty();
            kept.at(2).now();
            assertThat(kept.statistics.total().numRequests()).isZero();
            assertThat(kept.statistics.total().currentResponseTimePercentile(0.95)).isNaN();
            kept.at(2.5).ends("a", 5);
            for (int second = 3; second <= 12; second++) kept.at(second).now();
            assertThat(kept.statistics.total().currentResponseTimePercentile(0.95)).isEqualTo(5);
            assertThat(kept.statistics.total().numReqsPerSec()).isEqualTo(Map.of(Kept.START + 2, 1L));
        }
    }

    @Test void aWorkerStartsItsProofAnew() {
        try (var kept = Kept.worker()) {
            kept.at(0.5).ends("a", 10, 7, null).ends("a", 20, 8, new IllegalStateException("no"));
            assertThat(kept.statistics.tallies()).containsExactlyInAnyOrder(new Tally("a", "GET", 2, 1, 0, 15, 30_000_000, 1, 1),
                new Tally("Aggregated", "", 2, 1, 0, 15, 30_000_000, 1, 1));
            kept.statistics.restart();
            assertThat(kept.statistics.tallies()).containsExactly(new Tally("Aggregated", "", 0, 0, 0, 0, 0, 0, 0));
            assertThat(kept.statistics.report().entries()).isEmpty();
        }
    }

    @Test void whatIsLoggedByHandHasItsTimeAndItsSecond() {
        try (var kept = new Kept()) {
            var entry = kept.at(3.5).statistics.get("mine", "SQL");
            entry.logResponse(12.5, 100);
            entry.logResponse(Double.NaN, 20);
            kept.at(4.5);
            entry.logError(new IllegalStateException("gone"));
            kept.now();

            assertThat(entry.avgResponseTime()).isEqualTo(12.5);
            assertThat(entry.numRequests()).isEqualTo(2);
            assertThat(entry.numNoneRequests()).isEqualTo(1);
            assertThat(entry.totalContentLength()).isEqualTo(120);
            assertThat(entry.numReqsPerSec()).isEqualTo(Map.of(Kept.START + 3, 2L));
            assertThat(entry.numFailPerSec()).isEqualTo(Map.of(Kept.START + 4, 1L));
        }
    }

    @Test void anotherTestMayHaveAsManyNamesAgain() {
        try (var log = new Logged("katydid.stats"); var kept = new Kept(new StatsOptions(3, false))) {
            for (int test = 1; test <= 4; test++) {
                for (int i = 0; i < 5; i++) kept.at(test * 10).ends("test " + test + " name " + i, 5);
                kept.now();
                var prefix = "test " + test + " name ";
                // Which of them had to go without is not said.
                assertThat(kept.statistics.snapshot().entries()).extracting(EntrySnapshot::name).contains("(other)")
                    .filteredOn(name -> name.startsWith(prefix)).hasSizeBetween(2, 3);
                assertThat(kept.statistics.total().numRequests()).isEqualTo(5);
                kept.statistics.clearAll();
                // Whatever a shard has for a name goes when the name was not seen for a while.
                for (int second = 1; second <= 3; second++) kept.now();
            }
            assertThat(log.at(Level.WARN)).isSubsetOf(
                "There are more than 3 names of requests; further ones are counted as (other). Give requests that belong together one name: name(\"/item/[id]\").");
        }
    }

    @Test void theMiddleOfThreeIsTheSecond() {
        var buckets = new Buckets();
        buckets.add(5, 1);
        buckets.add(6, 1);
        buckets.add(7, 1);
        assertThat(buckets.median()).isEqualTo(6);
        buckets.add(7, 2);
        assertThat(buckets.median()).isEqualTo(7);
    }
}
