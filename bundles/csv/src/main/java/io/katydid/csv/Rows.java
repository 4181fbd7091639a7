package io.katydid.csv;

import static io.katydid.csv.Cells.decimal;
import static io.katydid.csv.Cells.safe;
import static io.katydid.csv.Cells.six;
import static io.katydid.csv.Cells.zeroOr;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Percentiles;
import io.katydid.api.stats.Snapshot;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes rows as the reference's writer does: CRLF, quotes only where needed, numbers as Python prints them. */
final class Rows {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final List<String> PERCENTILES = Percentiles.TO_REPORT.stream().map(Percentiles::label).toList();

    /** A name that begins with # is quoted otherwise, which the reference does not. */
    private static final char NO_COMMENTS = (char) 0xFFFF;

    private Rows() {}

    static String stats(Snapshot snapshot) {
        var rows = new ArrayList<List<String>>();
        rows.add(with(
            List.of("Type", "Name", "Request Count", "Failure Count", "Median Response Time", "Average Response Time", "Min Response Time",
                "Max Response Time", "Average Content Size", "Requests/s", "Failures/s"),
            PERCENTILES));
        for (var entry : snapshot.entries()) rows.add(stats(entry));
        rows.add(stats(snapshot.total()));
        return text(rows);
    }

    private static List<String> stats(EntrySnapshot entry) {
        return with(
            List.of(safe(entry.method()), safe(entry.name()), Long.toString(entry.numRequests()), Long.toString(entry.numFailures()),
                median(entry), decimal(entry.avgResponseTime()), zeroOr(entry.minResponseTime()),
                zeroOr(entry.maxResponseTime()),
                meanLength(entry), decimal(entry.totalRps()), decimal(entry.totalFailPerSec())),
            percentiles(entry, false));
    }

    static String historyHeader() {
        var all = new ArrayList<>(List.of("Timestamp", "User Count", "Type", "Name", "Requests/s", "Failures/s"));
        all.addAll(PERCENTILES);
        all.addAll(List.of("Total Request Count", "Total Failure Count", "Total Median Response Time", "Total Average Response Time",
            "Total Min Response Time",
            "Total Max Response Time", "Total Average Content Size"));
        return text(List.of(all));
    }

    static String history(Snapshot snapshot, boolean full) {
        var rows = new ArrayList<List<String>>();
        if (full) snapshot.entries().forEach(entry -> rows.add(history(snapshot, entry, true)));
        rows.add(history(snapshot, snapshot.total(), full));
        return text(rows);
    }

    private static List<String> history(Snapshot snapshot, EntrySnapshot entry, boolean current) {
        var row = new ArrayList<>(
            List.of(Long.toString(snapshot.time().getEpochSecond()), Integer.toString(snapshot.userCount()), safe(entry.method()),
                safe(entry.name()), six(entry.currentRps()), six(entry.currentFailPerSec())));
        row.addAll(percentiles(entry, current));
        row.addAll(List.of(Long.toString(entry.numRequests()), Long.toString(entry.numFailures()), median(entry),
            decimal(entry.avgResponseTime()), zeroOr(entry.minResponseTime()), zeroOr(entry.maxResponseTime()),
            meanLength(entry)));
        return row;
    }

    static String failures(Snapshot snapshot) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("Method", "Name", "Error", "Occurrences", "First Seen", "Last Seen"));
        snapshot.errors()
            .forEach(
                error -> rows.add(List.of(safe(error.method()), safe(error.name()), safe(error.error()), Long.toString(error.occurrences()),
                    time(error.firstSeen()), time(error.lastSeen()))));
        return text(rows);
    }

    static String faults(List<String> faults) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("Fault"));
        faults.forEach(fault -> rows.add(List.of(safe(fault))));
        return text(rows);
    }

    static String exceptions(Snapshot snapshot) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("Count", "Message", "Traceback", "Nodes"));
        snapshot.exceptions().forEach(
            row -> rows
                .add(
                    List.of(Long.toString(row.count()), safe(row.message()), safe(row.traceback()), safe(String.join(", ", row.nodes())))));
        return text(rows);
    }

    /** The reference knows no percentile only where there is no request; untimed requests alone give 0. */
    private static List<String> percentiles(EntrySnapshot entry, boolean current) {
        return Percentiles.TO_REPORT.stream().map(p -> current ? entry.currentResponseTimePercentile(p) : entry.responseTimePercentile(p))
            .map(value -> entry.numRequests() == 0 ? "N/A" : Long.toString(Double.isNaN(value) ? 0 : value.longValue())).toList();
    }

    /** The reference's median is a whole number, a bucket, unless the smallest or the largest time bounds it. */
    private static String median(EntrySnapshot entry) {
        double median = entry.medianResponseTime();
        double bucket = entry.responseTimePercentile(0.5);
        return Double.isNaN(bucket) || median == bucket ? Long.toString((long) median) : decimal(median);
    }

    private static String meanLength(EntrySnapshot entry) { return entry.numRequests() == 0 ? "0" : decimal(entry.avgContentLength()); }

    private static String time(Optional<Instant> at) { return at.map(TIME::format).orElse(""); }

    private static List<String> with(List<String> first, List<String> more) {
        var all = new ArrayList<>(first);
        all.addAll(more);
        return all;
    }

    static String text(List<List<String>> rows) {
        var out = new StringWriter();
        try (var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).commentCharacter(NO_COMMENTS).build(out)) {
            rows.forEach(csv::writeRecord);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }
}
