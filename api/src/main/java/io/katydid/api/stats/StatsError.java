package io.katydid.api.stats;

import io.katydid.api.CatchResponseError;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Is a row of the failure table.
 *
 * @param method
 *            the request's method
 * @param name
 *            the request's name
 * @param error
 *            the text that groups failures
 * @param occurrences
 *            how often
 * @param firstSeen
 *            when first
 * @param lastSeen
 *            when last
 */
public record StatsError(String method, String name, String error, long occurrences, Optional<Instant> firstSeen,
    Optional<Instant> lastSeen) {
    private static final Pattern ADDRESS = Pattern.compile("@[0-9a-f]{5,16}\\b|0x[0-9a-fA-F]{4,16}");
    private static final Pattern GUARDED = Pattern.compile("'+[=+\\-@\t\r]");

    /**
     * Gives the text that groups failures of one cause: what a check said, else
     * class and message; identity hashes become {@code @…}, addresses
     * {@code 0x....}.
     */
    public static String parseError(Throwable error) {
        var message = error.getMessage();
        if (error instanceof CatchResponseError || error instanceof TextIsMessage)
            return message == null ? "" : message;
        var name = error.getClass().getSimpleName();
        if (name.isEmpty())
            name = error.getClass().getName();
        if (message == null || message.isBlank())
            return name;
        return ADDRESS.matcher(name + ": " + message)
            .replaceAll(found -> found.group().startsWith("0x") ? "0x...." : "@…");
    }

    /** Marks exceptions whose message alone is the failure's text. */
    public interface TextIsMessage {
    }

    /**
     * Reads the failures file that {@code --csv} writes. Throws
     * {@link UncheckedIOException} when it cannot be read, else skips nothing.
     */
    public static List<StatsError> parseErrorLog(Reader csv) {
        try {
            var rows = CsvRows.read(csv);
            var errors = new ArrayList<StatsError>();
            for (var row : rows.subList(Math.min(1, rows.size()), rows.size()))
                errors.add(parse(row));
            return errors;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static StatsError parse(List<String> row) {
        if (row.size() < 4) {
            throw new IllegalArgumentException("The row " + row + " of the failures file has " + row.size()
                + " columns. Expected Method,Name,Error,Occurrences,First Seen,Last Seen.");
        }
        return new StatsError(text(row.get(0)), text(row.get(1)), text(row.get(2)), Long.parseLong(row.get(3)),
            time(row, 4), time(row, 5));
    }

    /** Takes away the apostrophe that keeps spreadsheets from running a text. */
    private static String text(String cell) {
        return GUARDED.matcher(cell).lookingAt() ? cell.substring(1) : cell;
    }

    private static Optional<Instant> time(List<String> row, int column) {
        if (row.size() <= column || row.get(column).isBlank())
            return Optional.empty();
        var text = row.get(column);
        return Optional.of(text.endsWith("Z") || text.contains("+")
            ? Instant.parse(text.replace("+00:00", "Z"))
            : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC));
    }
}
