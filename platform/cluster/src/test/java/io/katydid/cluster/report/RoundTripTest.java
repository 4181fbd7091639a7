package io.katydid.cluster.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Sends reports of our own workers from one process to another. */
class RoundTripTest {

    /** What a master is told over the wire is, bit for bit, what it would know had it taken the workers' deltas themselves. */
    @Test
    @Parity("ST-14") void nothingIsLostOrRoundedOnTheWay() {
        int reports = 0;
        int requests = 0;
        for (int seed = 1; seed <= 150; seed++) {
            var random = new Random(seed);
            var direct = Counted.master();
            var wired = Counted.master();
            var workers = IntStream.rangeClosed(0, random.nextInt(4)).mapToObj(_ -> Counted.worker()).toList();
            var readers = workers.stream().map(_ -> new ReportReader("w")).toList();
            var proofs = workers.stream().map(_ -> new Proof("w")).toList();
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < workers.size(); i++) {
                    int count = random.nextInt(120);
                    var delta = workers.get(i).does(random, count).statistics.report();
                    direct.statistics.merge(delta);
                    var data = Counted.overTheWire(ReportData.of(delta, Map.of("Shopper", 7, "Admin", 2), new Mark(5, round + 1, 3)));
                    var report = readers.get(i).read(data, 0, Instant.now()).orElseThrow();
                    assertThat(report.mark()).contains(new Mark(5, round + 1, 3));
                    assertThat(report.userClassesCount()).isEqualTo(Map.of("Shopper", 7, "Admin", 2));
                    assertThat(report.userCount()).isEqualTo(9);
                    assertThat(report.delta().entries()).as("seed %d", seed).isEqualTo(delta.entries());
                    assertThat(report.delta().cancelled()).isEqualTo(delta.cancelled());
                    assertThat(report.delta().errors()).containsExactlyInAnyOrderElementsOf(delta.errors());
                    if (!delta.total().isEmpty()) assertThat(report.delta().total()).isEqualTo(delta.total());
                    wired.statistics.merge(report.delta());
                    proofs.get(i).add(report.delta());
                    reports++;
                    requests += count;
                }
            }
            assertThat(wired.figures()).as("seed %d", seed).isEqualTo(direct.figures());
            assertThat(wired.statistics.coarse("Aggregated", "")).isFalse();
            for (int i = 0; i < workers.size(); i++)
                assertThat(proofs.get(i).check(Counted.overTheWire(Proof.totals(workers.get(i).statistics.tallies(), 0)))).isEmpty();
        }
        assertThat(reports).isGreaterThan(1000);
        assertThat(requests).isGreaterThan(50_000);
    }

    @Test
    @Parity({"PR-22", "ST-15"}) void theDataHasTheReferencesFieldsInItsOrderAndOursBehind() {
        var worker = Counted.worker().did("GET", "/a", 12_345_678, 10, null)
            .did("GET", "/a", 300_000_000, 5, new IllegalStateException("it's"))
            .did("GET", "/a", -1, 1, null);
        var data = ReportData.of(worker.statistics.report(), Map.of("A", 3), new Mark(1, 2, 4));
        assertThat(data.keySet()).containsExactly("stats", "stats_total", "errors", "user_classes_count", "user_count", "epoch", "sequence",
            "run",
            "generation", "start_nanos", "cancelled");
        var entry = (Map<?, ?>) ((List<?>) data.get("stats")).getFirst();
        assertThat(entry.keySet().stream().map(String::valueOf)).containsExactly("name", "method", "last_request_timestamp", "start_time",
            "num_requests",
            "num_none_requests", "num_failures", "total_response_time", "max_response_time", "min_response_time", "total_content_length",
            "response_times", "num_reqs_per_sec", "num_fail_per_sec", "last_nanos", "start_nanos", "sum_nanos", "hdr", "hdr_failed");
        assertThat(entry.get("num_requests")).isEqualTo(3L);
        assertThat(entry.get("num_none_requests")).isEqualTo(1L);
        assertThat(entry.get("num_failures")).isEqualTo(1L);
        assertThat(entry.get("total_response_time")).isEqualTo(312.345678);
        assertThat(entry.get("max_response_time")).isEqualTo(300.0);
        assertThat(entry.get("min_response_time")).isEqualTo(12.345678);
        assertThat(entry.get("total_content_length")).isEqualTo(16L);
        assertThat(entry.get("response_times")).isEqualTo(Map.of(12L, 1L, 300L, 1L));
        var total = (Map<?, ?>) data.get("stats_total");
        assertThat(List.of(total.get("name"), total.get("method"), total.get("num_requests"))).isEqualTo(List.of("Aggregated", "", 3L));
        assertThat(total.containsKey("hdr")).isFalse();
        var errors = (Map<?, ?>) data.get("errors");
        var error = (Map<?, ?>) errors.get(ErrorKey.of("GET", "/a", "IllegalStateException: it's"));
        assertThat(error.keySet().stream().map(String::valueOf)).containsExactly("method", "name", "error", "occurrences", "first_seen",
            "last_seen", "first_nanos",
            "last_nanos");
        assertThat(error.get("occurrences")).isEqualTo(1L);
        assertThat((double) error.get("first_seen")).isCloseTo(System.currentTimeMillis() / 1e3, Offset.offset(60.0));
        assertThat(data.get("user_classes_count")).isEqualTo(Map.of("A", 3L));
        assertThat(data.get("user_count")).isEqualTo(3L);
    }

    @Test
    @Parity("PR-22") void anIdleWorkerReportsNothingNewAndItsUsers() {
        var data = ReportData.of(Counted.worker().statistics.report(), Map.of("A", 3), new Mark(1, 1, 1));
        assertThat(data.get("stats")).isEqualTo(List.of());
        assertThat(data.get("errors")).isEqualTo(Map.of());
        var total = (Map<?, ?>) data.get("stats_total");
        assertThat(total.get("num_requests")).isEqualTo(0L);
        assertThat(total.get("min_response_time")).isNull();
        assertThat(total.get("last_request_timestamp")).isNull();
        var report = new ReportReader("w").read(Counted.overTheWire(data), 0, Instant.now()).orElseThrow();
        assertThat(report.delta().isEmpty()).isTrue();
        assertThat(report.userCount()).isEqualTo(3);
    }
}
