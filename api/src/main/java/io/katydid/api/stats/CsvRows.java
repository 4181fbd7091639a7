package io.katydid.api.stats;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Splits RFC 4180 text into rows; the API may not use a library, and writing is
 * done by the bundle {@code csv}.
 */
final class CsvRows {
    private final List<List<String>> rows = new ArrayList<>();
    private List<String> row = new ArrayList<>();
    private final StringBuilder cell = new StringBuilder();
    private boolean quoted;
    private boolean started;

    private CsvRows() {
    }

    static List<List<String>> read(Reader csv) throws IOException {
        var reader = new CsvRows();
        int next = csv.read();
        while (next >= 0) {
            int c = next;
            next = csv.read();
            if (reader.quoted && c == '"' && next == '"') {
                reader.cell.append('"');
                next = csv.read();
            } else {
                reader.take((char) c);
            }
        }
        if (reader.started)
            reader.endRow();
        return reader.rows;
    }

    private void take(char c) {
        started = true;
        if (c == '"') {
            quoted = !quoted;
        } else if (quoted) {
            cell.append(c);
        } else {
            takeBare(c);
        }
    }

    private void takeBare(char c) {
        switch (c) {
            case ',' -> endCell();
            case '\n' -> endRow();
            case '\r' -> {
            }
            default -> cell.append(c);
        }
    }

    private void endCell() {
        row.add(cell.toString());
        cell.setLength(0);
    }

    private void endRow() {
        endCell();
        if (row.size() > 1 || !row.getFirst().isEmpty())
            rows.add(row);
        row = new ArrayList<>();
        started = false;
    }
}
