package io.katydid.feeders;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import io.katydid.api.KatydidException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/** Reads CSV files whole. Empty lines are skipped; a row with more or fewer cells than the others is an error that names its line. */
final class CsvFile {
    private CsvFile() {}

    static List<Map<String, String>> named(Path file) {
        try (var rows = reader().ofNamedCsvRecord(file)) {
            return rows.stream().map(row -> Collections.unmodifiableMap(row.getFieldsAsMap())).toList();
        } catch (IOException | UncheckedIOException | CsvParseException | IllegalStateException problem) {
            throw unreadable(file, problem);
        }
    }

    static List<List<String>> plain(Path file) {
        try (var rows = reader().ofCsvRecord(file)) {
            return rows.stream().map(row -> List.copyOf(row.getFields())).toList();
        } catch (IOException | UncheckedIOException | CsvParseException problem) {
            throw unreadable(file, problem);
        }
    }

    private static CsvReader.CsvReaderBuilder reader() {
        return CsvReader.builder().detectBomHeader(true).skipEmptyLines(true).allowExtraFields(false).allowMissingFields(false);
    }

    static KatydidException unreadable(Path file, Exception problem) {
        return new KatydidException(
            "The file " + file.toAbsolutePath() + " cannot be read: " + problem + (problem.getCause() == null ? "" : ": "
                + problem.getCause().getMessage()) + ". Is the path right, seen from the folder you started in, and is it CSV in UTF-8?",
            problem);
    }
}
