package io.katydid.html;

import io.katydid.api.stats.ExceptionEntry;
import java.util.Comparator;
import java.util.List;

/** Writes the exceptions of the script, each with its stack trace on demand. */
final class ExceptionList {
    private static final int MOST = 100;
    private static final int LONGEST_TRACE = 8_000;
    private static final List<Column> COLUMNS = List.of(Column.number("Occurrences"), Column.text("Exception"), Column.text("Nodes"));

    private ExceptionList() {}

    static void write(Html html, List<ExceptionEntry> all) {
        html.open("section", "id", "exceptions").element("h2", "Exceptions");
        if (all.isEmpty()) {
            html.element("p", "No exception left a task or a hook.", "class", "hint").close();
            return;
        }
        var listed = all.stream().sorted(Comparator.comparingLong(ExceptionEntry::count).reversed()).limit(MOST).toList();
        Table.write(html, "Exceptions", COLUMNS, table -> table.part("tbody", () -> listed.forEach(row -> table.row(cells -> {
            cells.number(Figures.count(row.count()));
            trace(html, row);
            cells.text(String.join(", ", row.nodes()));
        }))));
        if (all.size() > MOST) html.element("p", Figures.count(all.size() - MOST) + " rarer kinds are not listed.", "class", "hint");
        html.close();
    }

    private static void trace(Html html, ExceptionEntry row) {
        html.open("th", "scope", "row").open("details", "class", "long")
            .with("summary", summary -> summary.element("bdi", Shortened.inPlace(row.message())))
            .element("pre", Shortened.bounded(row.traceback().replace("\r\n", "\n"), LONGEST_TRACE)).close().close();
    }
}
