package io.katydid.transactions;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes rows as CSV, a line feed after each as the reference does. */
final class Table {
    private static final String FORMULA = "=+-@\t\r'";
    /** A name that begins with # is quoted otherwise, which the reference does not. */
    private static final char NO_COMMENTS = (char) 0xFFFF;

    private Table() {}

    /** Keeps a spreadsheet from running a text, which a server may have chosen: an apostrophe in front, which spreadsheets do not show. */
    static String safe(String text) {
        return !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    static String text(List<List<String>> rows) {
        var out = new StringWriter();
        try (var csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).commentCharacter(NO_COMMENTS).build(out)) {
            rows.forEach(csv::writeRecord);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return out.toString();
    }
}
