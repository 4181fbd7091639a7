package io.katydid.kernel.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.State;
import io.katydid.api.stats.HistoryItem;
import io.katydid.parity.Parity;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Lets seconds pass and looks at what is kept of them. */
class StatsWindowTest {

    @Test
    @Parity({"ST-10", "AC-82"}) void thePercentileOfTheLastTenSecondsForgetsWhatWasBefore() {
        try (var kept = new Kept()) {
            for (int second = 1; second <= 30; second++) {
                kept.at(second - 0.5);
                // Slow for ten seconds, then fast.
                for (int i = 0; i < 10; i++) kept.ends("a", second <= 10 ? 500 : 5);
                kept.at(second).now();
                var total = kept.statistics.total();
                double current = total.currentResponseTimePercentile(0.95);
                if (second <= 19) assertThat(current).as("second %d", second).isEqualTo(500);
                if (second >= 20) assertThat(current).as("second %d", second).isEqualTo(5);
                assertThat(total.responseTimePercentile(0.95)).isEqualTo(500);
            }
            assertThat(kept.statistics.get("a", "GET").currentPercentile(0.95)).isBetween(4.99, 5.01);
        }
    }

    @Test
    @Parity({"ST-10", "AC-82"}) void tenSecondsWithoutARequestHaveNoPercentile() {
        try (var kept = new Kept()) {
            kept.at(0.5).ends("a", 5);
            for (int second = 1; second <= 30; second++) kept.at(second).now();
            assertThat(kept.statistics.total().currentResponseTimePercentile(0.95)).isNaN();
            assertThat(kept.statistics.total().responseTimePercentile(0.95)).isEqualTo(5);
        }
    }

    @Test
    @Parity({"ST-10", "SD-140"}) void withoutTheCacheThereAreNoCurrentPercentiles() {
        try (var kept = new Kept(new StatsOptions(10, false))) {
            kept.at(0.5).ends("a", 5).at(1).now();
            assertThat(kept.statistics.total().currentResponseTimePercentile(0.95)).isNaN();
            assertThat(kept.statistics.total().responseTimePercentile(0.95)).isEqualTo(5);
        }
    }

    /** 5.2: one item for each five seconds while a test runs. */
    @Test
    @Parity("ST-13") void historyHasAnItemForEachFiveSecondsOfTheRunAndNoneAfterAReset() {
        try (var kept = new Kept()) {
            for (int second = 1; second <= 17; second++) {
                kept.at(second - 0.5).ends("a", 10, 0, new IllegalStateException("no")).ends("a", 20.005);
                kept.at(second).now();
            }
            assertThat(kept.statistics.history()).hasSize(3);
            assertThat(kept.statistics.history().getLast())
                .isEqualTo(new HistoryItem(Instant.ofEpochSecond(Kept.START + 15), 7, 2, 1, 20, 20, 15));
            kept.state = State.STOPPED;
            for (int second = 18; second <= 30; second++) kept.at(second).now();
            assertThat(kept.statistics.history()).hasSize(3);
            kept.statistics.clearAll();
            assertThat(kept.statistics.history()).isEmpty();
        }
    }
}
