package io.katydid.cluster.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import io.katydid.kernel.stats.Delta;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reads reports whose times are nonsense in one place or in all: none may cost a master memory for the years between. */
class WorkerClockTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_800_000_000L;
    private static final long DAY = 24 * 3600;
    private final ReportReader reader = new ReportReader("w");

    /** Makes an entry as a worker has it that says no time but the seconds of its two requests. */
    private static Map<String, @Nullable Object> entry2(String name, long second) {
        var entry = new HashMap<String, @Nullable Object>(Map.of("name", name, "method", "", "num_requests", 2L, "num_failures", 1L,
            "total_response_time", 10.0, "max_response_time", 5.0, "total_content_length", 0L, "response_times", Map.of(5L, 2L)));
        entry.put("num_reqs_per_sec", Map.of(second, 2L));
        entry.put("num_fail_per_sec", Map.of(second, 1L));
        return entry;
    }

    private Delta read(long offset, List<Map<String, @Nullable Object>> entries) {
        var errors = Map.of("1", Map.of("name", "/a", "error", "no", "occurrences", 1L, "first_seen", 1L, "last_seen", NOW));
        return reader.read(Map.of("stats", new ArrayList<>(entries), "stats_total", entries.getFirst(), "errors", errors), offset,
            Instant.ofEpochSecond(NOW)).orElseThrow().delta();
    }

    @Test void aReportThatSaysNoTimeButSecondsIsMovedByThem() {
        for (long second : new long[]{0, 1_700_000_000, 6_999_999_999L}) {
            var delta = read(0, List.of(entry2("/a", second)));
            assertThat(delta.total().requestsPerSecond()).containsOnly(entry(NOW, 2L));
            assertThat(delta.entries().getFirst().failuresPerSecond()).containsOnly(entry(NOW, 1L));
            assertThat(delta.total().requests()).isEqualTo(2);
        }
    }

    @Test void anEntryFarFromTheOthersIsCountedWithoutItsSeconds() {
        var old = entry2("/old", 5);
        old.put("last_request_timestamp", 5.0);
        old.put("start_time", 4.0);
        var near = entry2("/near", NOW - DAY + 5);
        var delta = read(0, List.of(entry2("/a", NOW), old, near));
        var read = delta.entries().get(1);
        assertThat(read.requests()).isEqualTo(2);
        assertThat(read.requestsPerSecond()).isEmpty();
        assertThat(read.failuresPerSecond()).isEmpty();
        assertThat(read.startNanos()).isEqualTo(Long.MAX_VALUE);
        assertThat(read.lastNanos()).isEqualTo(Long.MIN_VALUE);
        assertThat(delta.entries().get(2).requestsPerSecond()).containsOnly(entry(NOW - DAY + 5, 2L));
        assertThat(delta.errors()).singleElement().satisfies(error -> {
            assertThat(error.firstNanos()).isEqualTo(Long.MAX_VALUE);
            assertThat(error.lastNanos()).isEqualTo(NOW * SECOND);
        });
    }

    @Test void anOffsetNoClockCanHaveIsNone() {
        for (long offset : new long[]{Long.MIN_VALUE, Long.MAX_VALUE, -7_000_000_000L * SECOND, 2_000_000_001L * SECOND}) {
            var delta = read(offset, List.of(entry2("/a", NOW - 2)));
            assertThat(delta.total().requestsPerSecond()).as("%d", offset).containsOnly(entry(NOW - 2, 2L));
        }
        assertThat(read(-90 * SECOND, List.of(entry2("/a", NOW + 88))).total().requestsPerSecond()).containsOnly(entry(NOW - 2, 2L));
        // A clock that began in 1970.
        assertThat(read((NOW - 50) * SECOND, List.of(entry2("/a", 48))).total().requestsPerSecond()).containsOnly(entry(NOW - 2, 2L));
    }
}
