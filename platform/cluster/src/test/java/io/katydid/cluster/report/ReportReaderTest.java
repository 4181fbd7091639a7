package io.katydid.cluster.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.katydid.kernel.stats.Delta;
import io.katydid.parity.Parity;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Reads what Python's and Go's workers send, and what nobody should. */
class ReportReaderTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long NOW = 1_800_000_000L;
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final ReportReader reader = new ReportReader("py_1");

    @BeforeEach void listen() {
        log.start();
        ((Logger) LoggerFactory.getLogger("katydid.cluster")).addAppender(log);
    }

    @AfterEach void stop() {
        ((Logger) LoggerFactory.getLogger("katydid.cluster")).detachAppender(log);
    }

    /** An entry as a Python worker has it after four requests, of which one failed and one had no time. */
    private static Map<String, @Nullable Object> python(String name) {
        var entry = new LinkedHashMap<String, @Nullable Object>();
        entry.put("name", name);
        entry.put("method", "GET");
        entry.put("last_request_timestamp", NOW - 1 + 0.25);
        entry.put("start_time", NOW - 3 + 0.5);
        entry.put("num_requests", 4L);
        entry.put("num_none_requests", 1L);
        entry.put("num_failures", 1L);
        entry.put("total_response_time", 3545.25);
        entry.put("max_response_time", 3432.25);
        entry.put("min_response_time", 5.5);
        entry.put("total_content_length", 1234L);
        entry.put("response_times", Map.of(6L, 1L, 110L, 1L, 3400L, 1L));
        entry.put("num_reqs_per_sec", Map.of(NOW - 2, 3L, NOW - 1, 1L));
        entry.put("num_fail_per_sec", Map.of(NOW - 2, 1L));
        return entry;
    }

    private static Map<String, @Nullable Object> report(Object... entries) {
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put("stats", List.of(entries));
        var total = python("Aggregated");
        total.put("method", "");
        data.put("stats_total", total);
        data.put("errors",
            Map.of("8f3a", Map.of("method", "GET", "name", "/a", "error", "CatchResponseError('no')", "occurrences", 1L, "first_seen",
                NOW - 2 + 0.5, "last_seen", NOW - 1.0)));
        data.put("user_classes_count", Map.of("Shopper", 3L, "Admin", 0L));
        data.put("user_count", 3L);
        return data;
    }

    private Optional<Report> read(@Nullable Object data) { return reader.read(data, 0, Instant.ofEpochSecond(NOW)); }

    private List<String> said() { return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList(); }

    @Test
    @Parity("ST-14") void whatAPythonWorkerReportsIsMergedAndMarkedCoarse() {
        var report = read(report(python("/a"))).orElseThrow();
        assertThat(report.mark()).isEmpty();
        assertThat(report.userClassesCount()).containsOnly(entry("Shopper", 3), entry("Admin", 0));
        assertThat(report.userCount()).isEqualTo(3);
        var master = Counted.master();
        master.statistics.merge(report.delta());
        master.statistics.merge(report.delta());
        var snapshot = master.statistics.second(false);
        for (var view : List.of(snapshot.entries().getFirst(), snapshot.total())) {
            assertThat(view.numRequests()).isEqualTo(8);
            assertThat(view.numNoneRequests()).isEqualTo(2);
            assertThat(view.numFailures()).isEqualTo(2);
            assertThat(view.totalResponseTime()).isEqualTo(7090.5);
            assertThat(view.minResponseTime()).isEqualTo(5.5);
            assertThat(view.maxResponseTime()).isEqualTo(3432.25);
            assertThat(view.totalContentLength()).isEqualTo(2468);
            assertThat(view.responseTimes()).containsOnly(entry(6L, 2L), entry(110L, 2L), entry(3400L, 2L));
            assertThat(view.numReqsPerSec()).containsOnly(entry(NOW - 2, 6L), entry(NOW - 1, 2L));
            assertThat(view.lastRequestTimestamp().orElseThrow()).isCloseTo(NOW - 0.75, Offset.offset(1e-6));
            assertThat(view.startTime()).isLessThanOrEqualTo(NOW - 2.5);
            // The exact histogram has each time at its bucket's value.
            assertThat(view.histogram().count()).isEqualTo(6);
            assertThat(view.percentile(0.5)).isBetween(110.0, 110.1);
            assertThat(view.percentile(1)).isBetween(3400.0, 3402.0);
        }
        assertThat(master.statistics.coarse("/a", "GET")).isTrue();
        assertThat(master.statistics.coarse("Aggregated", "")).isTrue();
        assertThat(snapshot.errors()).singleElement().satisfies(row -> {
            assertThat(row.error()).isEqualTo("CatchResponseError('no')");
            assertThat(row.occurrences()).isEqualTo(2);
            assertThat(row.firstSeen()).contains(Instant.ofEpochSecond(NOW - 2, 500_000_000));
            assertThat(row.lastSeen()).contains(Instant.ofEpochSecond(NOW - 1));
        });
        assertThat(said()).isEmpty();
    }

    /** Whole numbers for times, another name for the total, no times of errors, a field spelled wrong, no classes. */
    @Test
    @Parity({"PR-100", "PR-102"}) void whatABoomerReportsIsMerged() {
        var entry = python("/a");
        entry.putAll(
            Map.of("last_request_timestamp", NOW - 1, "start_time", NOW - 3, "total_response_time", 3545L, "max_response_time", 3432L,
                "min_response_time", 5L, "num_requests", 3L));
        entry.remove("num_none_requests");
        var data = report(entry);
        var total = new HashMap<>(entry);
        total.put("name", "Total");
        total.put("num_none_requests", 0L);
        data.put("stats_total", total);
        data.put("errors", Map.of("1", Map.of("method", "GET", "name", "/a", "error", "timeout", "occurences", 5L), "2",
            Map.of("method", "GET", "name", "/a", "error", "reset", "occurrences", 2L)));
        data.remove("user_classes_count");
        var report = read(data).orElseThrow();
        assertThat(report.userClassesCount()).isEmpty();
        assertThat(report.userCount()).isEqualTo(3);
        assertThat(report.delta().total().name()).isEqualTo("Aggregated");
        assertThat(report.delta().total().requests()).isEqualTo(3);
        assertThat(report.delta().entries().getFirst().minMillis()).isEqualTo(5);
        assertThat(report.delta().errors()).extracting(failure -> failure.error() + " " + failure.occurrences()).containsExactlyInAnyOrder(
            "timeout 5",
            "reset 2");
        var master = Counted.master();
        master.statistics.merge(report.delta());
        assertThat(master.statistics.second(false).errors()).allSatisfy(row -> assertThat(row.firstSeen()).isEmpty());
        assertThat(said()).isEmpty();
    }

    @Test
    @Parity("PR-103") void whatTheOlderReferenceReportsIsMerged() {
        var data = report(python("/a"));
        var total = python("Aggregated");
        total.put("method", null);
        data.put("stats_total", total);
        data.put("errors", Map.of("1", Map.of("method", "GET", "name", "/a", "error", "no", "occurrences", 2L)));
        var delta = read(data).orElseThrow().delta();
        assertThat(List.of(delta.total().method(), delta.total().requests())).containsExactly("", 4L);
        assertThat(delta.errors()).hasSize(1);
        assertThat(said()).isEmpty();
    }

    @Test void whatCannotBeCountedIsLeftOutAndSaidOnce() {
        var wrong = new TreeMap<String, @Nullable Object>();
        for (var field : python("x").keySet())
            for (var value : new Object[]{new Object(), true, "text", -1L, -0.5, Double.NaN, Double.POSITIVE_INFINITY, Long.MAX_VALUE,
                BigInteger.TWO.pow(63), 1e300,
                List.of(), new byte[3], Map.of("a", 1L), Map.of(-1L, 1L), Map.of(1L, -1L), Map.of(Long.MAX_VALUE, 1L),
                Map.of(1L, Long.MAX_VALUE), Map.of(1L, "x")})
                wrong.put(field + " " + wrong.size(), Map.entry(field, value));
        int leftOut = 0;
        for (var one : wrong.values()) {
            @SuppressWarnings("unchecked")
            var change = (Map.Entry<String, Object>) one;
            var entry = python("/bad");
            entry.put(change.getKey(), change.getValue());
            var delta = read(report(python("/good"), entry)).orElseThrow().delta();
            assertThat(delta.entries().getFirst().name()).isEqualTo("/good");
            if (delta.entries().size() == 1) leftOut++;
        }
        // A text is a good name and method.
        assertThat(leftOut).isBetween(wrong.size() - 20, wrong.size() - 2);
        assertThat(said()).singleElement().asString().startsWith("Worker py_1 sent statistics that cannot be counted: ")
            .endsWith(" is left out, and so is the like from now on, without another line. See what the worker runs, and its version.");
    }

    @Test void theLineSaysWhatIsWrongWhere() {
        var entry = python("/b\n");
        entry.put("num_requests", -5L);
        read(report(entry));
        assertThat(said()).containsExactly(
            "Worker py_1 sent statistics that cannot be counted: num_requests is -5. An entry of '/b\\n' is left out, and so is"
                + " the like from now on, without another line. See what the worker runs, and its version.");
    }

    @Test void longNamesAreLeftOutAndLongErrorsCut() {
        var data = report(python("x".repeat(1 << 20)), python("/a"));
        data.put("errors", Map.of("1", Map.of("method", "GET", "name", "/a", "error", "y".repeat(1 << 20), "occurrences", 1L)));
        var delta = read(data).orElseThrow().delta();
        assertThat(delta.entries()).extracting(Delta.Entry::name).containsExactly("/a");
        assertThat(delta.errors().getFirst().error()).hasSize(10_001);
        assertThat(said()).singleElement().asString().contains("name has 1048576 characters, more than 10000").hasSizeLessThan(400);
    }

    @Test void mapsAndListsHaveALimit() {
        var many = new HashMap<Long, Long>();
        for (long i = 0; i < 100_001; i++) many.put(i, 1L);
        var entry = python("/a");
        entry.put("response_times", many);
        assertThat(read(report(entry)).orElseThrow().delta().entries()).isEmpty();
        var far = python("/a");
        far.put("num_reqs_per_sec", Map.of(NOW - 100_000, 1L, NOW, 3L));
        assertThat(read(report(far)).orElseThrow().delta().entries()).isEmpty();
        var data = report();
        data.put("stats", java.util.Collections.nCopies(100_001, python("/a")));
        assertThat(read(data)).isEmpty();
    }

    @Test void withoutATotalItsEntriesAreAddedUp() {
        var data = report(python("/a"), python("/b"));
        data.put("stats_total", "nothing");
        var total = read(data).orElseThrow().delta().total();
        assertThat(List.of(total.name(), total.method(), total.requests(), total.sumNanos(), total.coarse())).containsExactly("Aggregated",
            "", 8L,
            7_090_500_000L, true);
        assertThat(said()).singleElement().asString()
            .contains("stats_total is 'nothing', not a map. The total, for which its entries are added up, is left out");
    }

    @Test void anEntryNamedAsTheTotalIsNoSecondTotal() {
        var entry = python("Aggregated");
        entry.put("method", "");
        assertThat(read(report(entry)).orElseThrow().delta().entries()).isEmpty();
    }

    /** An exact entry must be right in all it says: a histogram without one of its values would pass for a true one. */
    @Test void anExactEntryWhoseHistogramLacksValuesIsLeftOut() {
        var worker = Counted.worker().did("GET", "/a", 5_000_000, 0, null).did("GET", "/b", 5_000_000, 0, null);
        var data = ReportData.of(worker.statistics.report(), Map.of(), new Mark(1, 1, 1));
        @SuppressWarnings("unchecked")
        var first = (Map<String, Object>) ((List<?>) data.get("stats")).getFirst();
        for (Object hdr : new Object[]{"text", new byte[0], new byte[100], Double.NaN}) {
            first.put("hdr", hdr);
            var delta = reader.read(data, 0, Instant.now()).orElseThrow().delta();
            assertThat(delta.entries()).extracting(Delta.Entry::name).containsExactly("/b");
            assertThat(delta.total().requests()).isEqualTo(1);
            assertThat(delta.total().coarse()).isFalse();
        }
        first.remove("hdr");
        assertThat(reader.read(data, 0, Instant.now()).orElseThrow().delta().entries()).hasSize(1);
    }

    @Test void aClockWithinFiveMinutesIsTakenAsItIsAndOneFarOffIsMovedToNow() {
        var fast = read90(90);
        assertThat(fast.lastNanos()).isEqualTo((NOW + 90) * SECOND - 750_000_000);
        assertThat(said()).isEmpty();
        var wild = read90(-86_400);
        assertThat(wild.lastNanos()).isEqualTo(NOW * SECOND);
        assertThat(wild.entries().getFirst().requestsPerSecond()).containsOnly(entry(NOW - 1, 3L), entry(NOW, 1L));
        assertThat(read90(-86_397).lastNanos()).isEqualTo((NOW + 3) * SECOND);
        assertThat(read90(-1_799_999_000).lastNanos()).isEqualTo(NOW * SECOND);
        assertThat(said()).containsExactly(
            "The clock of worker py_1 is 86401 s behind this one's. Its times are moved to now; set the clocks, by NTP for instance.");
    }

    private Delta read90(long seconds) {
        var entry = python("/a");
        entry.put("last_request_timestamp", NOW + seconds - 0.75);
        entry.put("start_time", NOW + seconds - 2.5);
        entry.put("num_reqs_per_sec", Map.of(NOW + seconds - 2, 3L, NOW + seconds - 1, 1L));
        entry.put("num_fail_per_sec", Map.of(NOW + seconds - 2, 1L));
        var data = report(entry);
        data.put("stats_total", entry);
        return read(data).orElseThrow().delta();
    }

    @Test void theKnownOffsetOfAClockIsTakenOff() {
        var worker = Counted.worker().did("GET", "/a", 5_000_000, 0, new IllegalStateException("no"));
        var delta = worker.statistics.report();
        var data = ReportData.of(delta.shifted(90 * SECOND), Map.of(), new Mark(1, 1, 1));
        assertThat(reader.read(data, -90 * SECOND, Instant.now()).orElseThrow().delta()).isEqualTo(delta);
    }

    /** Whatever is changed in a report, and however often, the master goes on, and what was counted before stays. */
    @Test void nothingAWorkerSendsThrowsOrSpoilsTheTotals() {
        var random = new Random(7);
        var master = Counted.master();
        int read = 0;
        int refused = 0;
        for (int i = 0; i < 5000; i++) {
            Map<String, @Nullable Object> data = report(python("/a"), python("/b"));
            if (i % 2 == 0) data = ReportData.of(Counted.worker().does(random, 10).statistics.report(), Map.of("A", 1), new Mark(1, 1, 1));
            var spoilt = spoilt(data, random, 1 + random.nextInt(3));
            var report = reader.read(spoilt, random.nextInt(4) == 0 ? random.nextLong(-SECOND, SECOND) : 0, Instant.ofEpochSecond(NOW));
            report.ifPresent(one -> master.statistics.merge(one.delta()));
            if (report.isPresent()) read++;
            else refused++;
            if (i % 100 == 0) master.statistics.second(false);
        }
        assertThat(read).isGreaterThan(3000);
        assertThat(refused).isGreaterThan(50);
        var total = master.statistics.second(false).total();
        assertThat(total.numRequests()).isPositive();
        assertThat(List.of(total.avgResponseTime(), total.minResponseTime(), total.maxResponseTime(), total.totalRps(), total.currentRps(),
            total.percentile(0.99), total.medianResponseTime())).allSatisfy(number -> assertThat(number).isFinite().isNotNegative());
        assertThat(said()).hasSizeBetween(1, 2);
    }

    private static @Nullable Object spoilt(@Nullable Object value, Random random, int times) {
        var spoilt = Counted.overTheWire(value);
        for (int i = 0; i < times; i++) spoilt = spoilt(spoilt, random);
        return spoilt;
    }

    /** Goes down a few steps by chance and puts something else there. */
    @SuppressWarnings("unchecked") private static @Nullable Object spoilt(@Nullable Object value, Random random) {
        if (value instanceof Map<?, ?> && !((Map<?, ?>) value).isEmpty() && random.nextInt(10) > 0) {
            var map = (Map<Object, @Nullable Object>) value;
            var keys = new ArrayList<>(map.keySet());
            var key = keys.get(random.nextInt(keys.size()));
            if (random.nextInt(8) == 0) map.remove(key);
            else map.put(key, spoilt(map.get(key), random));
            return map;
        }
        if (value instanceof List<?> && !((List<?>) value).isEmpty() && random.nextInt(10) > 0) {
            var list = (List<@Nullable Object>) value;
            int index = random.nextInt(list.size());
            list.set(index, spoilt(list.get(index), random));
            return list;
        }
        if (value instanceof byte[] bytes && bytes.length > 0 && random.nextBoolean()) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            return bytes;
        }
        return switch (random.nextInt(12)) {
            case 0 -> null;
            case 1 -> random.nextLong();
            case 2 -> random.nextLong() >> random.nextInt(64);
            case 3 -> Double.NaN;
            case 4 -> Double.longBitsToDouble(random.nextLong());
            case 5 -> "text";
            case 6 -> new ArrayList<>(List.of(1L));
            case 7 -> new HashMap<>(Map.of(random.nextLong() >> random.nextInt(64), random.nextLong() >> random.nextInt(64)));
            case 8 -> new byte[random.nextInt(50)];
            case 9 -> BigInteger.TWO.pow(63);
            case 10 -> true;
            default -> new HashMap<>(Map.of("name", 5L));
        };
    }
}
