package io.katydid.csv;

import java.util.ArrayList;
import java.util.List;

/** Reads CSV as RFC 4180 says and refuses what it does not allow. */
final class Rfc4180 {
    private final String text;
    private int at;

    private Rfc4180(String text) {
        this.text = text;
    }

    static List<List<String>> read(String text) {
        var reader = new Rfc4180(text);
        var rows = new ArrayList<List<String>>();
        while (reader.at < text.length()) rows.add(reader.row());
        return rows;
    }

    private List<String> row() {
        var cells = new ArrayList<String>();
        while (true) {
            cells.add(next() == '"' ? quoted() : plain());
            char end = next();
            at++;
            if (end == ',') continue;
            if (end != '\r' || next() != '\n') throw new IllegalArgumentException("a row ends with CR LF, not at " + at + " of " + text);
            at++;
            return cells;
        }
    }

    private char next() { return text.charAt(at); }

    private String plain() {
        int from = at;
        while (",\r\n\"".indexOf(next()) < 0) at++;
        return text.substring(from, at);
    }

    private String quoted() {
        var cell = new StringBuilder();
        while (true) {
            at++;
            if (next() == '"') {
                at++;
                if (next() != '"') return cell.toString();
            }
            cell.append(next());
        }
    }
}
