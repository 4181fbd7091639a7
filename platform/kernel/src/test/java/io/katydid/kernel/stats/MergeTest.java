package io.katydid.kernel.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.katydid.parity.Parity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lets workers report and a master merge. */
class MergeTest {
    private static final long SECOND = 1_000_000_000L;

    /** However the samples are spread, and whenever a worker reports, the master says what one process that did them all would. */
    @Test
    @Parity({"ST-14", "ST-15"}) void theMergedReportsOfWorkersAreWhatOneWouldHaveCounted() {
        int reports = 0;
        for (int seed = 1; seed <= 60; seed++) {
            var random = new Random(seed);
            var one = Kept.withoutLoop(StatsOptions.defaults());
            var master = Kept.withoutLoop(StatsOptions.defaults());
            var workers = IntStream.rangeClosed(0, random.nextInt(6)).mapToObj(_ -> Kept.worker()).toList();
            for (var sample : Sample.some(random, 50 + random.nextInt(400))) {
                one.records(sample);
                var worker = workers.get(random.nextInt(workers.size())).records(sample);
                if (random.nextInt(10) == 0) {
                    master.statistics.merge(worker.statistics.report());
                    reports++;
                }
                if (random.nextInt(40) == 0) master.now();
            }
            workers.forEach(worker -> master.statistics.merge(worker.statistics.report()));
            Figures.of(master.now()).mustBe(Figures.of(one.now()), "seed " + seed);
            // What the workers counted themselves agrees with it to the last nanosecond.
            var sums = new HashMap<Key, Tally>();
            for (var worker : workers)
                for (var tally : worker.statistics.tallies()) sums.merge(new Key(tally.name(), tally.method()), tally, Tally::plus);
            assertThat(master.statistics.tallies()).containsExactlyInAnyOrderElementsOf(sums.values());
        }
        assertThat(reports).isGreaterThan(500);
    }

    @Test
    @Parity("ST-15") void aReportHasWhatIsNewAndNoEntryWithoutAny() {
        var worker = Kept.worker();
        worker.at(1).ends("a", 10, 5, null).ends("b", 20, 0, new IllegalStateException("no"));
        var first = worker.at(3).statistics.report();
        assertThat(first.entries()).extracting(Delta.Entry::name).containsExactly("a", "b");
        assertThat(first.total().requests()).isEqualTo(2);
        assertThat(first.errors()).singleElement().satisfies(failure -> assertThat(failure.occurrences()).isOne());
        worker.at(4).ends("b", 30, 7, null);
        var second = worker.at(6).statistics.report();
        assertThat(second.startNanos()).isEqualTo((Kept.START + 3) * SECOND);
        assertThat(second.errors()).isEmpty();
        var only = second.entries().getFirst();
        assertThat(second.entries()).hasSize(1);
        assertThat(
            List.of(only.name(), only.requests(), only.failures(), only.bytes(), only.sumNanos(), only.minMillis(), only.maxMillis()))
            .containsExactly("b", 1L, 0L, 7L, 30_000_000L, 30.0, 30.0);
        assertThat(only.responseTimes()).containsExactly(entry(30L, 1L));
        assertThat(only.requestsPerSecond()).containsExactly(entry(Kept.START + 4, 1L));
        assertThat(worker.statistics.report().isEmpty()).isTrue();
        // What was reported is still counted here.
        assertThat(worker.now().total().numRequests()).isEqualTo(3);
    }

    @Test void onlyStatisticsMadeForItReport() {
        var master = Kept.withoutLoop(StatsOptions.defaults());
        assertThatThrownBy(master.statistics::report)
            .hasMessage("These statistics keep nothing to report. Call keepReports() before the first request.");
        master.statistics.keepReports();
        assertThat(master.statistics.report().isEmpty()).isTrue();
    }

    @Test
    @Parity("ST-13") void whatWasNotReportedBeforeAResetNeverIs() {
        var worker = Kept.worker();
        worker.at(1).ends("a", 10).now();
        worker.statistics.resetAll();
        worker.at(2).ends("b", 10);
        worker.statistics.clearAll();
        worker.at(3).ends("c", 10);
        var delta = worker.statistics.report();
        assertThat(delta.entries()).extracting(Delta.Entry::name).containsExactly("c");
        assertThat(delta.generation()).isEqualTo(2);
        assertThat(delta.startNanos()).isEqualTo((Kept.START + 2) * SECOND);
    }

    @Test
    @Parity("ST-13") void aMasterForgetsWhatWasMergedAsItForgetsItsOwn() {
        var worker = Kept.worker();
        var master = Kept.withoutLoop(StatsOptions.defaults());
        worker.at(1).ends("a", 10, 0, new IllegalStateException("no"));
        var delta = worker.statistics.report();
        master.at(2).statistics.merge(delta);
        master.now();
        master.statistics.merge(delta);
        master.at(3).statistics.resetAll();
        assertThat(master.statistics.snapshot().entries()).singleElement().satisfies(entry -> {
            assertThat(entry.numRequests()).isZero();
            assertThat(entry.startTime()).isEqualTo(Kept.START + 3);
        });
        assertThat(master.statistics.snapshot().total().numRequests()).isZero();
        assertThat(master.statistics.errors()).isEmpty();
        master.statistics.merge(delta);
        master.statistics.clearAll();
        assertThat(master.now().entries()).isEmpty();
        assertThat(master.statistics.snapshot().total().numRequests()).isZero();
    }

    @Test
    @Parity("ST-14") void theEarliestStartAndTheLatestRequestStay() {
        var early = Kept.worker();
        var late = Kept.worker();
        early.at(1).ends("a", 10);
        late.at(5).ends("a", 10);
        var master = Kept.withoutLoop(StatsOptions.defaults());
        master.at(3).statistics.clearAll();
        master.statistics.merge(late.statistics.report());
        master.statistics.merge(early.statistics.report());
        var entry = master.now().entries().getFirst();
        assertThat(entry.startTime()).isEqualTo(Kept.START);
        assertThat(entry.lastRequestTimestamp()).contains(Kept.START + 5.0);
        assertThat(master.statistics.snapshot().total().totalRps()).isEqualTo(2 / 5.0);
    }

    @Test
    @Parity("ST-14") void errorsAddUpAndOneWithoutTimesChangesNone() {
        var master = Kept.withoutLoop(StatsOptions.defaults());
        master.statistics.merge(failed(new Delta.Failure("GET", "a", "no", 3, Long.MAX_VALUE, Long.MIN_VALUE)));
        assertThat(master.now().errors()).singleElement().satisfies(row -> assertThat(row.firstSeen()).isEmpty());
        master.statistics.merge(failed(new Delta.Failure("GET", "a", "no", 2, 7 * SECOND, 8 * SECOND)));
        master.statistics.merge(failed(new Delta.Failure("GET", "a", "no", 1, 5 * SECOND, 6 * SECOND)));
        assertThat(master.now().errors()).singleElement().satisfies(row -> {
            assertThat(row.occurrences()).isEqualTo(6);
            assertThat(row.firstSeen()).contains(Instant.ofEpochSecond(5));
            assertThat(row.lastSeen()).contains(Instant.ofEpochSecond(8));
        });
    }

    private static Delta failed(Delta.Failure... failures) {
        return new Delta(0, 0, List.of(), Delta.Entry.of(new Cell(Totals.ALL), Long.MAX_VALUE), List.of(failures), Map.of());
    }

    @Test void textsOfErrorsHaveALimitAndStillCount() {
        var master = Kept.withoutLoop(StatsOptions.defaults());
        for (int i = 0; i < 10_500; i++)
            master.statistics.merge(failed(new Delta.Failure("GET", "a", "no " + i, 1, Long.MAX_VALUE, Long.MIN_VALUE)));
        var rows = master.now().errors();
        assertThat(rows).hasSize(10_001);
        assertThat(rows).filteredOn(row -> row.error().equals("(other)")).singleElement()
            .satisfies(row -> assertThat(row.occurrences()).isEqualTo(500));
    }

    @Test void namesAndMethodsOfErrorsAndRequestsHaveALimitToo() {
        var master = Kept.withoutLoop(new StatsOptions(100, true));
        for (int i = 0; i < 21_000; i++)
            master.statistics.merge(failed(new Delta.Failure("M" + i, "n" + i, "no", 1, Long.MAX_VALUE, Long.MIN_VALUE)));
        var rows = master.now().errors();
        assertThat(rows).hasSize(20_001);
        assertThat(rows).filteredOn(row -> row.method().isEmpty()).singleElement()
            .satisfies(row -> assertThat(row.occurrences()).isEqualTo(1000));
        var worker = Kept.worker();
        for (int i = 0; i < 900; i++) worker.statistics.get("n" + i, "M" + i).logResponse(5, 1);
        master.statistics.merge(worker.statistics.report());
        var entries = master.now().entries();
        assertThat(entries).hasSize(201);
        assertThat(entries).filteredOn(view -> view.method().isEmpty()).singleElement()
            .satisfies(view -> assertThat(view.numRequests()).isEqualTo(700));
        assertThat(master.statistics.snapshot().total().numRequests()).isEqualTo(900);
    }

    @Test void namesOfAllWorkersTogetherHaveTheLimit() {
        var master = Kept.withoutLoop(new StatsOptions(3, true));
        for (int i = 0; i < 10; i++) {
            var worker = Kept.worker();
            worker.at(1).ends("n" + i, 10, 0, new IllegalStateException("no"));
            master.statistics.merge(worker.statistics.report());
        }
        var snapshot = master.now();
        assertThat(snapshot.entries()).extracting(entry -> entry.name() + " " + entry.numRequests()).containsExactly("(other) 7", "n0 1",
            "n1 1",
            "n2 1");
        assertThat(snapshot.total().numRequests()).isEqualTo(10);
        assertThat(snapshot.errors()).extracting(row -> row.name() + " " + row.occurrences()).containsExactly("(other) 7", "n0 1", "n1 1",
            "n2 1");
    }

    @Test
    @Parity("ST-10") void thePercentileOfTheLastTenSecondsIsOfWhatWasMergedToo() {
        var worker = Kept.worker();
        var master = Kept.withoutLoop(StatsOptions.defaults());
        for (int second = 1; second <= 30; second++) {
            worker.at(second - 0.5);
            for (int i = 0; i < 10; i++) worker.ends("a", second <= 10 ? 500 : 5);
            master.statistics.merge(worker.statistics.report());
            master.at(second).now();
            double current = master.statistics.total().currentResponseTimePercentile(0.95);
            assertThat(current).as("second %d", second).isEqualTo(second <= 19 ? 500 : 5);
        }
        assertThat(master.statistics.get("a", "GET").currentPercentile(0.95)).isBetween(4.99, 5.01);
        assertThat(master.statistics.total().currentRps()).isEqualTo(10);
    }

    @Test void aWorkerWhoseClockIsFastIsMovedToTheMastersSeconds() {
        var right = Kept.worker();
        var fast = Kept.worker();
        var master = Kept.withoutLoop(StatsOptions.defaults());
        for (int second = 1; second <= 30; second++) {
            right.at(second - 0.5).ends("a", 5);
            fast.at(second - 0.5 + 90).ends("a", 5, 0, new IllegalStateException("no"));
            master.statistics.merge(right.statistics.report());
            master.statistics.merge(fast.statistics.report().shifted(-90 * SECOND));
            master.at(second).now();
        }
        var total = master.statistics.total();
        assertThat(total.currentRps()).isEqualTo(2);
        assertThat(total.lastRequestTimestamp()).contains(Kept.START + 29.5);
        assertThat(total.numReqsPerSec()).hasSize(30).allSatisfy((second, count) -> assertThat(count).as("second %d", second).isEqualTo(2));
        assertThat(total.numFailPerSec()).hasSize(30);
        assertThat(master.statistics.errors()).singleElement().satisfies(row -> {
            assertThat(row.firstSeen()).contains(Instant.ofEpochSecond(Kept.START, 500_000_000));
            assertThat(row.lastSeen()).contains(Instant.ofEpochSecond(Kept.START + 29, 500_000_000));
        });
    }

    @Test void anEntryKnownInRoundedTimesOnlyIsMarkedUntilAReset() {
        var worker = Kept.worker();
        worker.at(1).ends("a", 10).ends("b", 20);
        var delta = worker.statistics.report();
        var entries = new ArrayList<>(delta.entries());
        entries.set(0, coarse(entries.getFirst()));
        var master = Kept.withoutLoop(StatsOptions.defaults());
        master.statistics.merge(new Delta(delta.startNanos(), 0, entries, coarse(delta.total()), List.of(), Map.of()));
        assertThat(
            List.of(master.statistics.coarse("a", "GET"), master.statistics.coarse("b", "GET"), master.statistics.coarse("Aggregated", "")))
            .containsExactly(true, false, true);
        master.statistics.resetAll();
        assertThat(master.statistics.coarse("a", "GET")).isFalse();
    }

    private static Delta.Entry coarse(Delta.Entry entry) {
        return new Delta.Entry(entry.name(), entry.method(), entry.requests(), entry.failures(), entry.untimed(), entry.bytes(),
            entry.sumNanos(), entry.minMillis(), entry.maxMillis(), entry.startNanos(), entry.lastNanos(), entry.responseTimes(),
            entry.requestsPerSecond(), entry.failuresPerSecond(), TimeCounts.ofRounded(entry.responseTimes()), TimeCounts.NONE, true);
    }

    /** A value of an interval's histogram is counted in an int; a second of many reports has more. */
    @Test void moreThanAnIntervalCanCountIsCountedToo() {
        long many = 1_500_000_000L;
        var counts = Map.of(7L, many);
        var second = Map.of(Kept.START, 100L);
        var entry = new Delta.Entry("a", "GET", many, 0, 0, 0, many * 7_000_000, 7, 7, Long.MAX_VALUE, Kept.START * SECOND, counts, second,
            Map.of(),
            TimeCounts.ofRounded(counts), TimeCounts.NONE, true);
        var total = new Delta.Entry("Aggregated", "", many, 0, 0, 0, many * 7_000_000, 7, 7, Long.MAX_VALUE, Kept.START * SECOND, counts,
            second,
            Map.of(), TimeCounts.ofRounded(counts), TimeCounts.NONE, true);
        var delta = new Delta(0, 0, List.of(entry), total, List.of(), Map.of());
        var master = Kept.withoutLoop(new StatsOptions(10, true));
        for (int i = 0; i < 5; i++) master.statistics.merge(delta);
        for (var view : List.of(master.now().entries().getFirst(), master.statistics.snapshot().total())) {
            assertThat(view.numRequests()).isEqualTo(5 * many);
            assertThat(view.histogram().count()).isEqualTo(5 * many);
            assertThat(view.responseTimes()).containsExactly(entry(7L, 5 * many));
            assertThat(view.avgResponseTime()).isEqualTo(7);
            assertThat(view.numReqsPerSec()).containsExactly(entry(Kept.START, 500L));
        }
    }

    @Test
    @Parity("ST-17") void exceptionsThatWorkersSendAreOneRowPerTrace() {
        var master = Kept.withoutLoop(StatsOptions.defaults());
        for (var node : List.of("w1", "w2", "w1")) master.statistics.exception("no", "Traceback: here", node);
        master.statistics.exception("no", "Traceback: there", "w2");
        assertThat(master.statistics.exceptions())
            .extracting(row -> row.count() + " " + row.message() + " " + row.traceback() + " " + row.nodes().size())
            .containsExactly("3 no Traceback: here 2", "1 no Traceback: there 1");
        for (int i = 0; i < 2000; i++) master.statistics.exception("x".repeat(100_000), "Traceback " + i, "w3");
        assertThat(master.statistics.exceptions()).hasSize(1001);
        assertThat(master.statistics.exceptions().getLast().count()).isEqualTo(1002);
        assertThat(master.statistics.exceptions().getLast().message()).hasSize(65_537);
    }

    @Test void whatTheEndOfADrainCutOffIsReportedOnceAndAddedUp() {
        var worker = Kept.worker();
        var master = Kept.withoutLoop(StatsOptions.defaults());
        worker.statistics.cancelled("GET", "/a");
        worker.statistics.cancelled("GET", "/a");
        var first = worker.statistics.report();
        assertThat(first.cancelled()).containsExactly(entry("GET /a", 2L));
        assertThat(first.isEmpty()).isFalse();
        worker.statistics.cancelled("GET", "/a");
        worker.statistics.cancelled("", "b");
        master.statistics.merge(first);
        master.statistics.merge(worker.statistics.report());
        assertThat(worker.statistics.report().cancelled()).isEmpty();
        assertThat(master.now().cancelled()).containsExactly(entry(" b", 1L), entry("GET /a", 3L));
        assertThat(worker.now().cancelled()).isEqualTo(master.now().cancelled());
        worker.statistics.clearAll();
        worker.statistics.cancelled("GET", "/a");
        assertThat(worker.statistics.report().cancelled()).containsExactly(entry("GET /a", 1L));
    }

    @Test void namesOfAnEarlierTestDoNotUseUpTheLimit() {
        try (var kept = new Kept(new StatsOptions(3, true))) {
            for (int test = 0; test < 4; test++) {
                for (int i = 0; i < 3; i++) kept.ends("test " + test + " name " + i, 5);
                var names = kept.now().entries().stream().map(view -> view.name()).toList();
                assertThat(names).containsExactly("test " + test + " name 0", "test " + test + " name 1", "test " + test + " name 2");
                // A second without requests, in which both intervals of a shard come round.
                kept.now();
                kept.statistics.clearAll();
            }
        }
    }

    @Test void aSumLongerThanThreeCenturiesIsExact() {
        var cell = new Cell(new Key("a", "GET"));
        cell.requests = 1;
        cell.sumNanos = Long.MAX_VALUE;
        var data = EntryData.empty(cell.key, 0);
        for (int i = 0; i < 10; i++) data = data.plus(cell);
        assertThat(data.sumMillis()).isEqualTo(Long.MAX_VALUE / 1e5);
    }
}
