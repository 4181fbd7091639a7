package io.katydid.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.api.stats.ExceptionEntry;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.options.OptionValues;
import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the files with those of the reference, byte for byte in header and format. */
class StatsCSVFileWriterTest {

    @TempDir Path folder;

    static final class Nobody extends User {
        @Task void nothing() {}
    }

    @Test
    @Parity({"SD-160", "SD-161", "SD-163", "CL-38", "AC-81"}) void theFourFilesAreThoseOfTheReference() throws Exception {
        var base = folder.resolve("new/out");
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(0, 1);
            environment.events().request().report("GET", "/a,b", 12.5).success(100);
            environment.events().request().report("GET", "=cmd()", 40).failure(new CatchResponseError("no \"id\""));
            environment.events().request().report("JOB", "untimed", Double.NaN).success();
            environment.stats().get("never", "GET");
            runner.quit();
            var writer = new StatsCSVFileWriter(environment, base, true);
            writer.quit();
            assertThat(writer.statsHistoryCsvFile()).exists();
        }
        var stats = Files.readString(folder.resolve("new/out_stats.csv"));
        assertThat(stats).startsWith(
            "Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,Max Response Time,"
                + "Average Content Size,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%\r\n");
        assertThat(stats).contains("GET,\"/a,b\",1,0,12.5,12.5,12.5,12.5,100.0,").contains("GET,'=cmd(),1,1,40,40.0,40.0,40.0,0.0,")
            .contains("\r\nJOB,untimed,1,0,0,0.0,0,0,0.0,").containsPattern("\r\nGET,never,0,0,0,0\\.0,0,0,0,0\\.0,0\\.0(,N/A){11}\r\n")
            .contains("\r\n,Aggregated,3,1,");
        var history = Files.readString(folder.resolve("new/out_stats_history.csv"));
        assertThat(history).startsWith(
            "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%,Total Request Count,"
                + "Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n");
        assertThat(history.lines().skip(1)).hasSize(5)
            .allSatisfy(line -> assertThat(line).matches("\\d{10},0,.*,0\\.000000,0\\.000000,.*"));
        var failures = Files.readString(folder.resolve("new/out_failures.csv"));
        assertThat(failures).startsWith("Method,Name,Error,Occurrences,First Seen,Last Seen\r\n")
            .contains("GET,'=cmd(),\"no \"\"id\"\"\",1,20");
        assertThat(Files.readString(folder.resolve("new/out_exceptions.csv"))).isEqualTo("Count,Message,Traceback,Nodes\r\n");
        try (var files = Files.list(folder.resolve("new"))) {
            assertThat(files).hasSize(4);
        }
    }

    @Test void whatHasNotChangedIsNotWrittenAgain() throws Exception {
        var failures = folder.resolve("same_failures.csv");
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).build()) {
            var writer = new StatsCSVFileWriter(environment, folder.resolve("same"));
            // Not only the name but what stands for the file itself would be another.
            var hardLink = Files.createLink(folder.resolve("link"), failures);
            writer.finish();
            assertThat(Files.isSameFile(failures, hardLink)).as("the file as before").isTrue();

            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(0, 1);
            environment.events().request().report("GET", "/a", 40).failure(new CatchResponseError("no id"));
            runner.quit();
            writer.finish();
            assertThat(Files.isSameFile(failures, hardLink)).isFalse();
            assertThat(failures).content().contains("GET,/a,no id,1,20");

            Files.delete(failures);
            writer.finish();
            assertThat(failures).as("what somebody took away").content().contains("GET,/a,no id,1,20");
        }
    }

    @Test void theFilesExistBeforeTheRunAndWhatCannotBeWrittenIsSaidThen() throws Exception {
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).build()) {
            new StatsCSVFileWriter(environment, folder.resolve("early"));
            assertThat(folder.resolve("early_stats_history.csv")).content().startsWith("Timestamp,").endsWith("Content Size\r\n");
            assertThat(folder.resolve("early_stats.csv")).content().contains("\r\n,Aggregated,0,0,0,0.0,0,0,0,0.0,0.0,N/A,");
        }
        var options = new OptionValues.Builder().put(CsvReporter.CSV, Files.createFile(folder.resolve("file")) + "/out", "test").build();
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).parsedOptions(options)
            .plugin(new CsvReporter()).build()) {
            environment.createLocalRunner();
            assertThatThrownBy(environment::init)
                .hasMessageStartingWith("--csv " + folder.resolve("file") + "/out: The folder of the CSV files ")
                .hasMessageContaining("FileAlreadyExists").hasMessageEndingWith("Choose a prefix in a folder you may write to.");
        }
    }

    @Test void aReaderNeverSeesHalfAFile() throws Exception {
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).build()) {
            environment.createLocalRunner();
            for (int i = 0; i < 300; i++) environment.stats().get("/some/name/" + i, "GET");
            var writer = new StatsCSVFileWriter(environment, folder.resolve("read"));
            var writing = Thread.ofPlatform().start(() -> {
                for (int i = 0; i < 300; i++) writer.finish();
            });
            int reads = 0;
            while (writing.isAlive()) {
                assertThat(Rfc4180.read(Files.readString(folder.resolve("read_stats.csv")))).hasSize(302);
                assertThat(Files.readString(folder.resolve("read_failures.csv"))).endsWith("Last Seen\r\n");
                reads++;
            }
            assertThat(reads).as("reads meanwhile").isGreaterThan(10);
        }
    }

    /** Dies in its task, each time in another way. */
    public static final class Crashing extends User {
        private int at;

        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Task void crash() {
            if (at++ % 2 == 0) throw new IllegalStateException("=HYPERLINK(\"x\"),\nsecond line");
            throw new StackOverflowError("deep");
        }
    }

    @Test void theFilesAreCompleteAfterUsersCrashed() throws Exception {
        var base = folder.resolve("crash");
        var options = new OptionValues.Builder().put(CsvReporter.CSV, base.toString(), "test").put(CsvReporter.FULL_HISTORY, false, "test")
            .build();
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Crashing.class)).loops(1).parsedOptions(options)
            .plugin(new CsvReporter()).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(2, 10);
            await().atMost(Duration.ofSeconds(20)).until(() -> environment.stats().exceptions().size() == 2);
            environment.events().request().report("GET", "/last", 1).success();
            environment.shutdown(1);
            var rows = Rfc4180.read(Files.readString(folder.resolve("crash_exceptions.csv")));
            assertThat(rows).hasSize(3);
            assertThat(rows.stream().skip(1).mapToLong(row -> Long.parseLong(row.get(0))).sum())
                .isEqualTo(environment.stats().exceptions().stream().mapToLong(ExceptionEntry::count).sum());
            assertThat(rows).anySatisfy(row -> assertThat(row.get(1)).startsWith("'=HYPERLINK(\"x\"),\nsecond line"))
                .anySatisfy(row -> assertThat(row.get(2)).contains("StackOverflowError: deep"));
            assertThat(Files.readString(folder.resolve("crash_stats.csv"))).contains("GET,/last,1,0,");
        }
    }

    /** Keeps the loop to itself, so that nobody's figures can be trusted. */
    static final class Stalling extends User {
        @Task void stall() {
            long end = System.nanoTime() + 300_000_000;
            while (System.nanoTime() - end < 0) Thread.onSpinWait();
        }
    }

    @Test void whatMakesFiguresDoubtfulIsInAFileOfItsOwnAndOnlyThen() throws Exception {
        var faults = folder.resolve("doubt_faults.csv");
        var options = new OptionValues.Builder().put(CsvReporter.CSV, folder.resolve("doubt").toString(), "test").build();
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Stalling.class)).loops(1).parsedOptions(options)
            .plugin(new CsvReporter()).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(1, 10);
            await().atMost(Duration.ofSeconds(20)).until(() -> !environment.run().orElseThrow().faults().isEmpty());
            assertThat(faults).as("before the end").doesNotExist();
            environment.shutdown(0);
            var rows = Rfc4180.read(Files.readString(faults));
            assertThat(rows.getFirst()).containsExactly("Fault");
            assertThat(rows.stream().skip(1).map(List::getFirst).toList()).isEqualTo(environment.run().orElseThrow().faults())
                .anySatisfy(fault -> assertThat(fault).contains("did not turn for"));
        }
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).parsedOptions(options)
            .plugin(new CsvReporter()).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(0, 1);
            environment.shutdown(0);
            assertThat(faults).as("of the run before").doesNotExist();
        }
    }

    @Test void aNewerRevisionOfTheBundleGoesOnWithTheHistoryOfTheRun() throws Exception {
        var history = folder.resolve("update_stats_history.csv");
        var options = new OptionValues.Builder().put(CsvReporter.CSV, folder.resolve("update").toString(), "test").build();
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).parsedOptions(options).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(0, 1);
            for (int revision = 0; revision < 2; revision++) {
                var reporter = new CsvReporter();
                reporter.init(environment);
                reporter.snapshot(environment.stats().snapshot());
            }
            assertThat(Files.readAllLines(history)).hasSize(3).first().asString().startsWith("Timestamp,");
            runner.stop();
            new CsvReporter().init(environment);
            assertThat(Files.readAllLines(history)).as("another run").hasSize(1);
        }
    }

    @Test void fullHistoryNeedsAPrefix() {
        var options = new OptionValues.Builder().add(CsvReporter.CSV).put(CsvReporter.FULL_HISTORY, true, "test").build();
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).parsedOptions(options)
            .plugin(new CsvReporter()).build()) {
            environment.createLocalRunner();
            assertThatThrownBy(environment::init).hasMessage("'--csv-full-history' requires '--csv'.");
        }
    }
}
