package io.katydid.html;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Percentiles;
import io.katydid.api.stats.Snapshot;
import java.util.ArrayList;
import java.util.List;

/** Writes the table of percentiles: the columns of the reference's report, and one for the long tail. */
final class PercentileTable {
    static final List<Double> COLUMNS = List.of(0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99, 0.999, 1.0);
    private static final List<Double> MINOR = List.of(0.6, 0.7, 0.8, 0.999);

    private PercentileTable() {}

    static void write(Html html, Snapshot snapshot) {
        var columns = new ArrayList<>(List.of(Column.text("Type"), Column.text("Name")));
        COLUMNS.forEach(p -> columns.add(MINOR.contains(p) ? Column.minor(Percentiles.label(p)) : Column.number(Percentiles.label(p))));
        html.open("section", "id", "percentiles", "data-filter", "").open("h2").text("Response time percentiles ")
            .element("small", "milliseconds, exact to three digits").close();
        Table.write(html, "Response time percentiles", columns, table -> {
            table.part("tbody",
                () -> RequestTable.listed(snapshot).forEach(entry -> row(table, entry, Shortened.inPlace(entry.name()))));
            table.part("tfoot", () -> row(table, snapshot.total(), "All requests"));
        });
        html.close();
    }

    private static void row(Table table, EntrySnapshot entry, String name) {
        var histogram = entry.histogram();
        table.row(cells -> {
            cells.method(entry.method()).name(name);
            for (double p : COLUMNS) {
                var text = Figures.millis(histogram.percentileMs(p));
                if (MINOR.contains(p)) cells.minor(text);
                else cells.number(text);
            }
        });
    }
}
