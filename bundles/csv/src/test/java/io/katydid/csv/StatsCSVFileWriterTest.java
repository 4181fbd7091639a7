package io.katydid.csv;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.options.OptionValues;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the files with those of the reference, byte for byte in header and format. */
class StatsCSVFileWriterTest {

    @TempDir Path folder;

    static final class Nobody extends User {
        @Task void nothing() {}
    }

    @Test void theFourFilesAreThoseOfTheReference() throws Exception {
        var base = folder.resolve("new/out");
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(0, 1);
            environment.events().request().report("GET", "/a,b", 12.5).success(100);
            environment.events().request().report("GET", "=cmd()", 40).failure(new CatchResponseError("no \"id\""));
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
            .contains("\r\n,Aggregated,2,1,");
        var history = Files.readString(folder.resolve("new/out_stats_history.csv"));
        assertThat(history).startsWith(
            "Timestamp,User Count,Type,Name,Requests/s,Failures/s,50%,66%,75%,80%,90%,95%,98%,99%,99.9%,99.99%,100%,Total Request Count,"
                + "Total Failure Count,Total Median Response Time,Total Average Response Time,Total Min Response Time,Total Max Response Time,Total Average Content Size\r\n");
        assertThat(history.lines().skip(1)).hasSize(3)
            .allSatisfy(line -> assertThat(line).matches("\\d{10},0,.*,0\\.000000,0\\.000000,.*"));
        var failures = Files.readString(folder.resolve("new/out_failures.csv"));
        assertThat(failures).startsWith("Method,Name,Error,Occurrences,First Seen,Last Seen\r\n")
            .contains("GET,'=cmd(),\"no \"\"id\"\"\",1,20");
        assertThat(Files.readString(folder.resolve("new/out_exceptions.csv"))).isEqualTo("Count,Message,Traceback,Nodes\r\n");
        try (var files = Files.list(folder.resolve("new"))) {
            assertThat(files).hasSize(4);
        }
    }

    @Test void numbersArePrintedAsPythonPrintsThem() {
        assertThat(List.of(0.0, 12.0, 0.1, 0.0001, 0.00001, 1234567.25, 1.5e-10).stream().map(Rows::decimal)).containsExactly("0.0", "12.0",
            "0.1", "0.0001", "1e-05",
            "1234567.25", "1.5e-10");
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
