package io.katydid.terminal;

import io.katydid.api.stats.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Is the list of failures; nothing when there were none. */
final class ErrorTable {
    private static final int COUNT = 18;
    private static final int MAX_TEXT = 141;

    private ErrorTable() {}

    static List<String> lines(Screen screen, Snapshot snapshot) {
        if (snapshot.errors().isEmpty()) return List.of();
        int width = Math.min(MAX_TEXT, screen.columns() - COUNT - 1);
        var separator = RequestTable.dashes(COUNT) + "|" + RequestTable.dashes(width);
        var lines = new ArrayList<String>();
        lines.add("Error report");
        lines.add(String.format(Locale.ROOT, "%-18s %s", "# occurrences", "Error"));
        lines.add(separator);
        for (var error : snapshot.errors()) {
            var text = (error.method() + " " + error.name() + ": " + error.error()).replaceAll("\\s+", " ");
            lines.add(screen.bad(String.format(Locale.ROOT, "%-18d %s", error.occurrences(), Screen.fit(text, width))));
        }
        lines.add(separator);
        lines.add("");
        return lines;
    }
}
