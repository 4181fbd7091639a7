package io.katydid.terminal;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Percentiles;
import io.katydid.api.stats.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Is the table of percentiles, from the reference's rounded buckets. A narrow terminal gets the ones that matter most. */
final class PercentileTable {
    private static final List<Double> FEW = List.of(0.50, 0.75, 0.90, 0.95, 0.99, 0.999, 1.0);
    private static final int TYPE = 8;
    private static final int COLUMN = 7;
    private static final int MAX_NAME = 76;
    private final Screen screen;
    private final Snapshot snapshot;
    private final List<Double> columns;
    private final int name;

    PercentileTable(Screen screen, Snapshot snapshot) {
        this.screen = screen;
        this.snapshot = snapshot;
        columns = screen.wide() ? Percentiles.TO_REPORT : FEW;
        int rest = TYPE + 1 + 1 + columns.size() * COLUMN + (screen.wide() ? 8 : 0);
        name = Math.min(MAX_NAME, screen.columns() - rest);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add("Response time percentiles (approximated)");
        lines.add(row("Type", "Name", columns.stream().map(Percentiles::label).toList(), "# reqs"));
        lines.add(separator());
        for (var entry : snapshot.entries()) {
            if (entry.numRequests() > entry.numNoneRequests()) lines.add(row(entry));
        }
        lines.add(separator());
        lines.add(row(snapshot.total()));
        lines.add("");
        return lines;
    }

    private String row(EntrySnapshot entry) {
        var values = columns.stream().map(entry::responseTimePercentile).map(ms -> Double.isNaN(ms) ? "N/A" : Long.toString(ms.longValue()))
            .toList();
        return row(entry.method(), entry.name(), values, Long.toString(entry.numRequests()));
    }

    private String row(String type, String title, List<String> values, String requests) {
        var line = new StringBuilder(String.format(Locale.ROOT, "%-8s %-" + name + "s ", Screen.fit(type, TYPE), Screen.fit(title, name)));
        for (var value : values) line.append(String.format(Locale.ROOT, "%" + COLUMN + "s", value));
        if (screen.wide()) line.append(String.format(Locale.ROOT, "%8s", requests));
        return line.toString();
    }

    private String separator() {
        return RequestTable.dashes(TYPE) + "|" + RequestTable.dashes(name) + ("|" + RequestTable.dashes(COLUMN - 1)).repeat(columns.size())
            + (screen.wide() ? "|" + RequestTable.dashes(8) : "");
    }
}
