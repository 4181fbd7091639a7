package io.katydid.csv;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Percentiles;
import io.katydid.api.stats.Snapshot;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes rows as the reference's writer does: CRLF, quotes only where needed, numbers as Python prints them. */
final class Rows {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);
    private static final List<String> PERCENTILES = Percentiles.TO_REPORT.stream().map(Percentiles::label).toList();

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
                number(entry.medianResponseTime()), decimal(entry.avgResponseTime()), decimal(entry.minResponseTime()),
                decimal(entry.maxResponseTime()),
                decimal(entry.avgContentLength()), decimal(entry.totalRps()), decimal(entry.totalFailPerSec())),
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
        row.addAll(List.of(Long.toString(entry.numRequests()), Long.toString(entry.numFailures()), number(entry.medianResponseTime()),
            decimal(entry.avgResponseTime()), decimal(entry.minResponseTime()), decimal(entry.maxResponseTime()),
            decimal(entry.avgContentLength())));
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

    static String exceptions(Snapshot snapshot) {
        var rows = new ArrayList<List<String>>();
        rows.add(List.of("Count", "Message", "Traceback", "Nodes"));
        snapshot.exceptions().forEach(
            row -> rows
                .add(List.of(Long.toString(row.count()), safe(row.message()), safe(row.traceback()), String.join(", ", row.nodes()))));
        return text(rows);
    }

    private static List<String> percentiles(EntrySnapshot entry, boolean current) {
        return Percentiles.TO_REPORT.stream().map(p -> current ? entry.currentResponseTimePercentile(p) : entry.responseTimePercentile(p))
            .map(value -> Double.isNaN(value) ? "N/A" : Long.toString(value.longValue())).toList();
    }

    private static String time(Optional<Instant> at) { return at.map(TIME::format).orElse(""); }

    private static String six(double value) { return String.format(Locale.ROOT, "%f", value); }

    private static String number(double value) { return value == Math.rint(value) ? Long.toString((long) value) : decimal(value); }

    /** Prints as Python does: the shortest digits that mean the same number, without an exponent where people read it. */
    static String decimal(double value) {
        if (value == Math.rint(value) && Math.abs(value) < 1e15) return (long) value + ".0";
        if (Math.abs(value) >= 1e-4) return new BigDecimal(Double.toString(value)).stripTrailingZeros().toPlainString();
        var parts = Double.toString(value).split("E-");
        var digits = parts[0].endsWith(".0") ? parts[0].substring(0, parts[0].length() - 2) : parts[0];
        return digits + "e-" + (parts[1].length() < 2 ? "0" : "") + parts[1];
    }

    /** Keeps a spreadsheet from taking a name that a server chose for a formula. */
    static String safe(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static List<String> with(List<String> first, List<String> more) {
        var all = new ArrayList<>(first);
        all.addAll(more);
        return all;
    }

    private static String text(List<List<String>> rows) {
        var out = new StringWriter();
        try (var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out)) {
            rows.forEach(csv::writeRecord);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }
}
