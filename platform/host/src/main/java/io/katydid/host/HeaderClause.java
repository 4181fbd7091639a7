package io.katydid.host;

import java.util.ArrayList;
import java.util.List;

/**
 * Is one clause of a manifest header such as {@code a;b;version="1.0";uses:="c,d"}.
 *
 * @param paths what it names
 * @param version its version attribute, "0.0.0" when it has none
 */
record HeaderClause(List<String> paths, String version) {

    static List<HeaderClause> parse(String header) {
        return split(header, ',').stream().map(HeaderClause::clause).toList();
    }

    String export(String path) { return path + ";version=\"" + version + "\""; }

    private static HeaderClause clause(String text) {
        var paths = new ArrayList<String>();
        var version = "0.0.0";
        for (var part : split(text, ';')) {
            if (part.startsWith("version=")) version = part.substring("version=".length()).replace("\"", "");
            else if (part.indexOf('=') < 0) paths.add(part);
        }
        return new HeaderClause(List.copyOf(paths), version);
    }

    /** Cuts at a separator outside quotes. */
    private static List<String> split(String text, char separator) {
        var parts = new ArrayList<String>();
        var quoted = false;
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '"') quoted = !quoted;
            if (text.charAt(i) == separator && !quoted) {
                parts.add(text.substring(start, i).strip());
                start = i + 1;
            }
        }
        parts.add(text.substring(start).strip());
        parts.removeIf(String::isEmpty);
        return parts;
    }
}
