package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.HdrHistogram.HistogramLogReader;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads what the reporters of a run wrote, each format with somebody else's reader.
 *
 * @param folder where the files are
 */
record Results(Path folder) {

    /** Gives the rows below the heading; all of a file's rows have as many cells, and the last one ends as all others. */
    List<CsvRecord> csv(String file, int columns) throws IOException {
        var path = folder.resolve(file);
        assertThat(Files.readString(path)).as(file).endsWith("\r\n");
        try (var rows = CsvReader.builder().skipEmptyLines(false).allowExtraFields(false).allowMissingFields(false).ofCsvRecord(path)) {
            var all = rows.stream().toList();
            assertThat(all).as("rows of " + file).isNotEmpty().allMatch(row -> row.getFieldCount() == columns);
            return all.subList(1, all.size());
        }
    }

    List<CsvRecord> stats() throws IOException { return csv("run_stats.csv", 22); }

    List<CsvRecord> history() throws IOException { return csv("run_stats_history.csv", 24); }

    List<CsvRecord> failures() throws IOException { return csv("run_failures.csv", 6); }

    List<CsvRecord> exceptions() throws IOException { return csv("run_exceptions.csv", 4); }

    /** Gives requests and failures: of the total, of the history's last line, and the failures of their own file. */
    List<Long> csvCounts() throws IOException {
        var total = stats().getLast();
        var last = history().getLast();
        assertThat(total.getField(1)).isEqualTo("Aggregated");
        assertThat(last.getField(3)).isEqualTo("Aggregated");
        return List.of(number(total, 2), number(total, 3), number(last, 17), number(last, 18),
            failures().stream().mapToLong(row -> number(row, 3)).sum());
    }

    static long number(CsvRecord row, int column) { return Long.parseLong(row.getField(column)); }

    JsonNode json(String file) throws IOException { return JsonMapper.shared().readTree(Files.readString(folder.resolve(file))); }

    static List<Long> counts(JsonNode entries) {
        return Stream.of("num_requests", "num_failures")
            .map(field -> entries.valueStream().mapToLong(entry -> entry.get(field).asLong()).sum()).toList();
    }

    /** Adds up the intervals of a log. */
    long hlog(String file) throws IOException {
        long count = 0;
        try (var reader = new HistogramLogReader(folder.resolve(file).toFile())) {
            while (reader.nextIntervalHistogram() instanceof AbstractHistogram interval) count += interval.getTotalCount();
        }
        return count;
    }

    /** Lets the tool that comes with HdrHistogram print the distribution of a log. */
    String processed(String log, String... options) throws Exception {
        var out = folder.resolve("processed");
        var arguments = Stream.concat(Stream.of("-i", folder.resolve(log).toString(), "-o", out.toString()), Stream.of(options));
        var processor = new HistogramLogProcessor(arguments.toArray(String[]::new));
        processor.start();
        processor.join(20_000);
        var distribution = folder.resolve("processed.hgrm");
        var text = Files.readString(distribution);
        Files.delete(distribution);
        Files.delete(out);
        return text;
    }

    List<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
