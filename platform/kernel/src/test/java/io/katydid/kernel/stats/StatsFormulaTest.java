package io.katydid.kernel.stats;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Percentiles;
import io.katydid.parity.Parity;
import java.time.Instant;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calculates by the reference's formulas, with the numbers of its own tests. */
class StatsFormulaTest {
    private static final Offset<Double> TINY = Offset.offset(1e-9);
    private final Kept kept = new Kept();

    @AfterEach void close() {
        kept.close();
    }

    private EntrySnapshot entry(String name) {
        return kept.now().entries().stream().filter(one -> one.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    @Parity({"ST-8", "AC-78", "SD-155"}) void totalRatesAreOverTheTimeOfAllEntries() {
        kept.at(1);
        for (int i = 0; i < 9; i++) kept.ends("test", 45);
        kept.at(5).ends("other", 1337);
        assertThat(entry("test").totalRps()).isEqualTo(9 / 5.0, TINY);
        assertThat(entry("other").totalRps()).isEqualTo(1 / 5.0, TINY);
        assertThat(kept.now().total().totalRps()).isEqualTo(10 / 5.0, TINY);
        kept.ends("other", 1, 0, new IllegalStateException("no"));
        assertThat(kept.now().total().totalFailPerSec()).isEqualTo(1 / 5.0, TINY);
    }

    @Test
    @Parity({"ST-7", "AC-78", "SD-155"}) void currentRatesAreOverTenSecondsThatEndedTwoSecondsAgo() {
        for (int second = 0; second < 20; second++) {
            kept.at(second + 0.5);
            for (int i = 0; i <= second; i++) kept.ends("a", 1, 0, i == 0 ? new IllegalStateException("no") : null);
        }
        // The last request ended in second 19: the window is 7 to 16, which had 8 to 17 requests.
        assertThat(entry("a").currentRps()).isEqualTo(12.5);
        assertThat(entry("a").currentFailPerSec()).isEqualTo(1);
        // Another entry's request moves the window of them all.
        kept.at(25.5).ends("b", 1);
        assertThat(entry("a").currentRps()).isEqualTo((14 + 15 + 16 + 17 + 18 + 19 + 20) / 10.0);
        assertThat(entry("b").currentRps()).isZero();
    }

    @Test
    @Parity({"ST-7", "AC-78"}) void beforeTheWindowIsFullItBeginsWithTheStart() {
        assertThat(kept.now().total().currentRps()).isZero();
        kept.at(0.1).ends("a", 1);
        assertThat(kept.now().total().currentRps()).isZero();
        kept.at(1.1).ends("a", 1).ends("a", 1);
        kept.at(4.1).ends("a", 1);
        // Seconds 0 and 1 of the four.
        assertThat(kept.now().total().currentRps()).isEqualTo(1.5);
    }

    @Test
    @Parity({"AC-79", "ST-4", "ST-5"}) void whatSeveralPartsCountedAddsUp() {
        for (double ms : new double[]{122, 992, 142}) kept.ends("a", ms);
        kept.now();
        for (double ms : new double[]{552, 557, 387, 557, 977}) kept.ends("a", ms);
        var entry = entry("a");
        assertThat(entry.numRequests()).isEqualTo(8);
        assertThat(entry.avgResponseTime()).isEqualTo(535.75, TINY);
        assertThat(entry.medianResponseTime()).isEqualTo(550);
        assertThat(entry.minResponseTime()).isEqualTo(122);
        assertThat(entry.maxResponseTime()).isEqualTo(992);
        assertThat(entry.totalResponseTime()).isEqualTo(4286, TINY);
    }

    @Test
    @Parity({"AC-79", "ST-12"}) void failuresOfSeveralPartsAddUp() {
        for (double ms : new double[]{12, 12, 38}) kept.ends("a", ms);
        kept.statistics.get("a", "GET").logError(new IllegalStateException("Dummy exception"));
        kept.now();
        for (double ms : new double[]{12, 99, 14, 55, 38, 55, 97}) kept.ends("a", ms);
        kept.statistics.get("a", "GET").logError(new IllegalStateException("Dummy exception"));
        kept.statistics.get("a", "GET").logError(new IllegalStateException("Dummy exception"));
        var entry = entry("a");
        assertThat(entry.numRequests()).isEqualTo(10);
        assertThat(entry.numFailures()).isEqualTo(3);
        assertThat(entry.medianResponseTime()).isEqualTo(38);
        assertThat(entry.avgResponseTime()).isEqualTo(43.2, TINY);
    }

    @Test
    @Parity("ST-14") void whatIsMergedAddsCountsAndKeepsTheExtremesAndTheTimes() {
        kept.at(1).ends("a", 20, 100, null).ends("a", 300, 50, new IllegalStateException("no")).now();
        kept.at(3.25).ends("a", 5, 10, new IllegalStateException("no")).ends("a", 20, 7, null).ends("a", Double.NaN, 0, null).now();
        var merged = entry("a");
        assertThat(merged.numRequests()).isEqualTo(5);
        assertThat(merged.numNoneRequests()).isEqualTo(1);
        assertThat(merged.numFailures()).isEqualTo(2);
        assertThat(merged.totalResponseTime()).isEqualTo(345, TINY);
        assertThat(merged.totalContentLength()).isEqualTo(167);
        assertThat(merged.minResponseTime()).isEqualTo(5);
        assertThat(merged.maxResponseTime()).isEqualTo(300);
        assertThat(merged.responseTimes()).isEqualTo(Map.of(5L, 1L, 20L, 2L, 300L, 1L));
        assertThat(merged.numReqsPerSec()).isEqualTo(Map.of(Kept.START + 1, 2L, Kept.START + 3, 3L));
        assertThat(merged.numFailPerSec()).isEqualTo(Map.of(Kept.START + 1, 1L, Kept.START + 3, 1L));
        assertThat(merged.startTime()).isEqualTo(Kept.START);
        assertThat(merged.lastRequestTimestamp().orElseThrow()).isEqualTo(Kept.START + 3.25, Offset.offset(1e-6));
        assertThat(merged.failures()).singleElement().satisfies(error -> {
            assertThat(error.occurrences()).isEqualTo(2);
            assertThat(error.firstSeen()).contains(Instant.ofEpochSecond(Kept.START + 1));
            assertThat(error.lastSeen()).contains(Instant.ofEpochSecond(Kept.START + 3, 250_000_000));
        });
    }

    @Test
    @Parity("ST-16") void theFiguresOfAnEntryHaveFixedNamesAndWholeExtremes() {
        assertThat(kept.now().total().toMap()).containsEntry("min_response_time", 0L).containsEntry("max_response_time", 0L)
            .containsEntry("response_time_percentile_0.95", Double.NaN);
        kept.at(1).ends("a", 2.5, 10, null).ends("a", 7.49, 5, null).ends("a", 8.5, 0, new IllegalStateException("no")).at(4).ends("b", 1);
        var figures = entry("a").toMap();
        assertThat(figures.keySet()).containsExactly("method", "name", "num_requests", "num_failures", "min_response_time",
            "max_response_time", "current_rps", "current_fail_per_sec", "avg_response_time", "median_response_time", "total_rps",
            "total_fail_per_sec", "response_time_percentile_0.95", "response_time_percentile_0.99", "avg_content_length");
        // Halves go up in the extremes; the buckets of the percentiles round them to even.
        assertThat(figures).containsEntry("method", "GET").containsEntry("name", "a").containsEntry("num_requests", 3L)
            .containsEntry("num_failures", 1L).containsEntry("min_response_time", 3L).containsEntry("max_response_time", 9L)
            .containsEntry("current_rps", 1.5).containsEntry("current_fail_per_sec", 0.5).containsEntry("median_response_time", 7.0)
            .containsEntry("total_rps", 0.75).containsEntry("total_fail_per_sec", 0.25).containsEntry("response_time_percentile_0.95", 8.0)
            .containsEntry("response_time_percentile_0.99", 8.0).containsEntry("avg_content_length", 5.0);
        assertThat((double) figures.get("avg_response_time")).isEqualTo(18.49 / 3, TINY);
    }

    @Test
    @Parity({"ST-5", "AC-78"}) void theMedianStaysWithinTheSmallestAndTheLargest() {
        kept.ends("a", 6.99);
        assertThat(entry("a").medianResponseTime()).isEqualTo(6.99);
        kept.statistics.clearAll();
        kept.ends("a", 6.034);
        assertThat(entry("a").medianResponseTime()).isEqualTo(6.034);
    }

    @Test
    @Parity({"ST-2", "AC-78", "AC-79"}) void requestsWithoutATimeCountButAreNotTimed() {
        for (int i = 0; i < 5; i++) kept.ends("a", Double.NaN);
        var none = entry("a");
        assertThat(none.numRequests()).isEqualTo(5);
        assertThat(none.numNoneRequests()).isEqualTo(5);
        assertThat(none.avgResponseTime()).isZero();
        assertThat(none.minResponseTime()).isZero();
        assertThat(none.maxResponseTime()).isZero();
        assertThat(none.medianResponseTime()).isZero();
        assertThat(none.responseTimes()).isEmpty();
        kept.ends("a", 100).ends("a", 200);
        var some = entry("a");
        assertThat(some.numRequests()).isEqualTo(7);
        assertThat(some.avgResponseTime()).isEqualTo(150);
        assertThat(some.minResponseTime()).isEqualTo(100);
        // The larger of the two stands for the upper half: int(2 × 0.5) of them lie below it.
        assertThat(some.responseTimePercentile(0.5)).isEqualTo(200);
        assertThat(some.responseTimes()).isEqualTo(Map.of(100L, 1L, 200L, 1L));
        assertThat(some.numReqsPerSec()).isEqualTo(Map.of(Kept.START, 7L));
    }

    @Test
    @Parity({"ST-6", "AC-78"}) void aHundredTimesFromZeroToNinetyNine() {
        for (int ms = 0; ms < 100; ms++) kept.ends("a", ms);
        var entry = entry("a");
        assertThat(entry.responseTimePercentile(0.5)).isEqualTo(50);
        assertThat(entry.responseTimePercentile(0.6)).isEqualTo(60);
        assertThat(entry.responseTimePercentile(0.95)).isEqualTo(95);
        assertThat(entry.responseTimePercentile(1.0)).isEqualTo(99);
        assertThat(entry.responseTimePercentile(0)).isZero();
    }

    /** The reference gives 0 where there is nothing; here that is no number, so that it is not taken for a fast answer. */
    @Test
    @Parity("ST-6") void aPercentileOfNothingIsNoNumber() {
        assertThat(kept.now().total().responseTimePercentile(0.5)).isNaN();
        assertThat(kept.now().total().percentile(0.5)).isNaN();
        assertThat(kept.now().total().currentResponseTimePercentile(0.5)).isNaN();
        assertThat(kept.now().total().histogram().count()).isZero();
    }

    @Test
    @Parity("ST-6") void exactPercentilesStandBesideTheRoundedOnes() {
        for (int i = 1; i <= 10_000; i++) kept.ends("a", i * 0.7);
        var entry = entry("a");
        for (double p : Percentiles.TO_REPORT) {
            double exact = p * 7000;
            assertThat(entry.percentile(p)).isEqualTo(exact, Offset.offset(exact * 0.0011));
            assertThat(entry.responseTimePercentile(p)).isEqualTo((double) Buckets.round(exact), Offset.offset(100.0));
        }
        assertThat(Percentiles.TO_REPORT.stream().map(Percentiles::label)).containsExactly("50%", "66%", "75%", "80%", "90%", "95%", "98%",
            "99%", "99.9%", "99.99%", "100%");
    }

    @Test
    @Parity({"ST-9", "AC-83", "SD-155"}) void theFailRatioIsFailuresByRequests() {
        assertThat(kept.now().total().failRatio()).isZero();
        kept.statistics.get("only", "GET").logError(new IllegalStateException("no"));
        assertThat(entry("only").failRatio()).isEqualTo(1.0);
        kept.ends("half", 1).ends("half", 1, 0, new IllegalStateException("no"));
        assertThat(entry("half").failRatio()).isEqualTo(0.5);
    }

    @Test
    @Parity({"ST-1", "ST-12", "SD-140", "SD-141", "SD-155"}) void eachNameAndMethodIsAnEntryAndAllTogetherAreOneMore() {
        kept.ends("b", 10, 100, null).ends("a", 20, 50, new IllegalStateException("no"));
        var mine = kept.statistics.get("a", "SQL");
        mine.logResponse(30, 25);
        kept.now();
        assertThat(kept.statistics.entries().stream().map(one -> one.method() + " " + one.name())).containsExactly("GET a", "SQL a",
            "GET b");
        assertThat(mine.numRequests()).isEqualTo(1);
        var total = kept.statistics.total();
        assertThat(total.name()).isEqualTo("Aggregated");
        assertThat(total.method()).isEmpty();
        assertThat(total.numRequests()).isEqualTo(3);
        assertThat(total.numFailures()).isEqualTo(1);
        assertThat(total.totalContentLength()).isEqualTo(175);
        assertThat(total.avgContentLength()).isEqualTo(175 / 3.0, TINY);
        assertThat(total.numFailPerSec()).isEqualTo(Map.of(Kept.START, 1L));
        assertThat(kept.statistics.get("new", "PUT").numRequests()).isZero();
        assertThat(kept.statistics.entries()).hasSize(4);
    }

    @Test
    @Parity("ST-13") void aResetBeginsTheTimeAnew() {
        kept.at(1).ends("a", 10, 0, new IllegalStateException("no"));
        kept.now();
        assertThat(kept.statistics.total().startTime()).isEqualTo(Kept.START);
        assertThat(kept.statistics.total().lastRequestTimestamp()).contains(Kept.START + 1.0);
        kept.at(7.25).statistics.resetAll();
        assertThat(kept.statistics.get("a", "GET").startTime()).isEqualTo(Kept.START + 7.25, Offset.offset(1e-6));
        assertThat(kept.statistics.total().lastRequestTimestamp()).isEmpty();
        assertThat(kept.statistics.errors()).isEmpty();
        assertThat(kept.statistics.history()).isEmpty();
    }
}
