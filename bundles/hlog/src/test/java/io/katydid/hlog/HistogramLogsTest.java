package io.katydid.hlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.State;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Snapshot;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.options.OptionValues;
import io.katydid.kernel.stats.RunView;
import io.katydid.kernel.stats.Statistics;
import io.katydid.kernel.stats.StatsOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reads the logs with the tools of HdrHistogram. */
class HistogramLogsTest {
    private final Statistics statistics = new Statistics(StatsOptions.defaults(), new Running(), List.of(), () -> {});
    private final Random random = new Random(2_2_2);

    @TempDir Path folder;

    private record Running() implements RunView {
        @Override public State state() { return State.RUNNING; }

        @Override public Map<String, Integer> userCounts() { return Map.of(); }

        @Override public double runTime() { return 1; }

        @Override public Snapshot.Health health() { return new Snapshot.Health(List.of(), Double.NaN, Double.NaN, Double.NaN, 0); }
    }

    private void record(String method, String name, int count) {
        var entry = statistics.get(name, method);
        for (int i = 0; i < count; i++) entry.logResponse(Math.exp(random.nextDouble() * 10), 1);
    }

    private static List<Histogram> read(Path file) throws Exception {
        var intervals = new ArrayList<Histogram>();
        try (var reader = new HistogramLogReader(file.toFile())) {
            while (reader.hasNext()) intervals.add((Histogram) reader.nextIntervalHistogram());
        }
        return intervals;
    }

    private static Map<String, Histogram> sums(Path file) throws Exception {
        var sums = new LinkedHashMap<String, Histogram>();
        for (var interval : read(file)) sums.computeIfAbsent(String.valueOf(interval.getTag()), _ -> new Histogram(3)).add(interval);
        return sums;
    }

    private static void same(Histogram read, EntrySnapshot entry) {
        assertThat(read.getTotalCount()).isPositive().isEqualTo(entry.histogram().count());
        for (double p : List.of(0.0, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0))
            assertThat(read.getValueAtPercentile(p * 100) / 1000.0).as("p%s of %s", p, entry.name()).isEqualTo(entry.percentile(p));
    }

    @Test void theIntervalsAddUpToWhatTheStatisticsSayPercentileByPercentile() throws Exception {
        Snapshot last = statistics.snapshot();
        try (var logs = new HistogramLogs(folder.resolve("deep/run"), Duration.ZERO)) {
            for (int second = 0; second < 20; second++) {
                record("GET", "/a", 500);
                if (second % 5 == 0) record("POST", "/b, c \n%日", 3);
                last = statistics.second(second == 19);
                logs.take(last);
            }
        }
        var names = sums(folder.resolve("deep/run_names.hlog"));
        assertThat(names.keySet()).containsExactly("GET:/a", "POST:/b%2C%20c%20%0A%25日");
        var entries = last.entries();
        same(names.get("GET:/a"), entries.getFirst());
        same(names.get("POST:/b%2C%20c%20%0A%25日"), entries.get(1));
        same(sums(folder.resolve("deep/run.hlog")).get("null"), last.total());
        assertThat(read(folder.resolve("deep/run.hlog"))).hasSize(20);
        // A name without a request in an interval has no line there.
        assertThat(read(folder.resolve("deep/run_names.hlog"))).hasSize(24);
    }

    @Test void theIntervalsLieEndToEndFromTheStartOfTheRun() throws Exception {
        var start = statistics.snapshot().time();
        Snapshot last = statistics.snapshot();
        try (var logs = new HistogramLogs(folder.resolve("times.hlog"), Duration.ZERO)) {
            logs.begin(start);
            for (int second = 0; second < 5; second++) {
                record("GET", "/a", 1);
                last = statistics.second(second == 4);
                logs.take(last);
            }
        }
        var intervals = read(folder.resolve("times.hlog"));
        assertThat(intervals).hasSize(5);
        assertThat(intervals.getFirst().getStartTimeStamp()).isBetween(start.toEpochMilli() - 1, start.toEpochMilli() + 1);
        for (int i = 1; i < 5; i++)
            assertThat(intervals.get(i).getStartTimeStamp()).isBetween(intervals.get(i - 1).getEndTimeStamp() - 2,
                intervals.get(i - 1).getEndTimeStamp() + 2);
        assertThat(intervals.getLast().getEndTimeStamp()).isBetween(last.time().toEpochMilli() - 2, last.time().toEpochMilli() + 2);
        assertThat(Files.readAllLines(folder.resolve("times.hlog")).stream().filter(line -> line.startsWith("#") || line.startsWith("\"")))
            .anyMatch(line -> line.startsWith("#[BaseTime: ")).anyMatch(line -> line.startsWith("#[StartTime: "))
            .anyMatch(line -> line.contains("StartTimestamp"))
            .anyMatch(line -> line.contains("microseconds"));
    }

    @Test void aLongerIntervalIsOneLineAndTheLastIsWrittenWhateverItsLength() throws Exception {
        try (var logs = new HistogramLogs(folder.resolve("long"), Duration.ofHours(1))) {
            for (int second = 0; second < 5; second++) {
                record("GET", "/a", 10);
                logs.take(statistics.second(second == 4));
            }
            assertThat(read(folder.resolve("long.hlog"))).hasSize(1);
            record("GET", "/a", 7);
            logs.take(statistics.second(false));
        }
        assertThat(read(folder.resolve("long.hlog")).stream().map(Histogram::getTotalCount)).containsExactly(50L, 7L);
    }

    @Test void whatWasMeasuredBeforeAResetStaysInTheLog() throws Exception {
        try (var logs = new HistogramLogs(folder.resolve("reset"), Duration.ofHours(1))) {
            record("GET", "/a", 100);
            logs.take(statistics.second(false));
            statistics.resetAll();
            // More than before: the count alone would not tell that it began anew.
            record("GET", "/a", 150);
            logs.take(statistics.second(false));
            record("GET", "/a", 50);
            logs.take(statistics.second(true));
        }
        assertThat(read(folder.resolve("reset.hlog")).stream().map(Histogram::getTotalCount)).containsExactly(100L, 200L);
        assertThat(sums(folder.resolve("reset_names.hlog")).get("GET:/a").getTotalCount()).isEqualTo(300);
    }

    @Test void theProcessorOfHdrHistogramReadsANameAndTheTotal() throws Exception {
        Snapshot last;
        try (var logs = new HistogramLogs(folder.resolve("tool"), Duration.ZERO)) {
            record("GET", "/a b", 1000);
            record("GET", "/c", 10);
            last = statistics.second(true);
            logs.take(last);
        }
        var p99 = String.format(java.util.Locale.US, "%.3f", last.entries().getFirst().percentile(0.99));
        assertThat(process("tool_names.hlog", "-tag", "GET:/a%20b")).contains("Total count    =         1000]")
            .containsPattern("\\s" + p99.replace(".", "\\.") + "\\s");
        assertThat(process("tool_names.hlog", "-tag", "GET:/c")).contains("Total count    =           10]");
        assertThat(process("tool.hlog")).contains("Total count    =         1010]");
    }

    private String process(String log, String... options) throws Exception {
        var arguments = new ArrayList<>(
            List.of("-i", folder.resolve(log).toString(), "-o", folder.resolve("out").toString(), "-outputValueUnitRatio", "1000"));
        arguments.addAll(List.of(options));
        var processor = new HistogramLogProcessor(arguments.toArray(String[]::new));
        processor.start();
        processor.join(20_000);
        return Files.readString(folder.resolve("out.hgrm"));
    }

    @Test void aThousandNamesNeedTwoFiles() throws Exception {
        try (var logs = new HistogramLogs(folder.resolve("many"), Duration.ZERO)) {
            for (int i = 0; i < 1000; i++) record("GET", "../../" + "x".repeat(300) + i + "\0/\\:*?", 1);
            logs.take(statistics.second(true));
        }
        assertThat(sums(folder.resolve("many_names.hlog"))).hasSize(1000);
        try (var files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrder("many.hlog", "many_names.hlog");
        }
    }

    static final class Nobody extends User {
        @Task void nothing() {}
    }

    private static EnvironmentBuilder environment(OptionValues.Builder options) {
        return new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).parsedOptions(options.build())
            .plugin(new HlogReporter());
    }

    @Test void theReporterWritesWholeRunsOneAfterTheOther() throws Exception {
        try (var environment = environment(new OptionValues.Builder().put(HlogReporter.HLOG, folder.resolve("run").toString(), "test"))
            .build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            for (int run = 0; run < 2; run++) {
                runner.start(0, 1);
                for (int i = 0; i < 5; i++) environment.events().request().report("GET", "/a", 10).success();
                environment.events().request().report("GET", "/a", Double.NaN).success();
                runner.stop();
            }
            environment.shutdown(1);
        }
        assertThat(sums(folder.resolve("run_names.hlog")).get("GET:/a").getTotalCount()).isEqualTo(10);
        assertThat(sums(folder.resolve("run.hlog")).get("null").getTotalCount()).isEqualTo(10);
    }

    @Test void wrongOptionsAreSaidBeforeTheRun() throws Exception {
        try (var environment = environment(new OptionValues.Builder().put(HlogReporter.INTERVAL, Duration.ZERO, "test")).build()) {
            environment.createLocalRunner();
            assertThatThrownBy(environment::init)
                .hasMessage("--hlog-interval 0 ms is too short: there is one snapshot a second. Give 1s or more.");
        }
        var file = Files.createFile(folder.resolve("file"));
        try (var environment = environment(new OptionValues.Builder().put(HlogReporter.HLOG, file + "/run", "test")).build()) {
            environment.createLocalRunner();
            assertThatThrownBy(environment::init).hasMessageStartingWith("--hlog " + file + "/run: the logs cannot be created: ")
                .hasMessageEndingWith("Choose a prefix in a folder you may write to.");
        }
    }
}
