package io.katydid.html;

import io.katydid.api.stats.Snapshot;
import io.katydid.api.stats.StatsError;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Writes the table of failures, the most frequent first. */
final class FailureTable {
    /** So many kinds are listed: a report of a broken run stays one that opens. */
    static final int MOST = 500;
    private static final List<Column> COLUMNS = List.of(Column.number("Occurrences"), Column.text("Type"), Column.text("Name"),
        Column.text("Error"), Column.minor("First seen"), Column.minor("Last seen"));

    private FailureTable() {}

    static void write(Html html, Report report) {
        var snapshot = report.snapshot();
        var errors = listed(snapshot);
        html.open("section", "id", "failures", "data-filter", "").open("h2").text("Failures ")
            .element("small", "times since the start").close();
        if (errors.isEmpty()) {
            html.element("p", "No request failed.", "class", "hint").close();
            return;
        }
        Table.write(html, "Failures", COLUMNS,
            table -> table.part("tbody", () -> errors.forEach(error -> row(table, error, report.start()))));
        int more = snapshot.errors().size() - errors.size();
        if (more > 0) html.element("p", Figures.count(more) + " rarer kinds are not listed; --csv has them all.", "class", "hint");
        html.close();
    }

    static List<StatsError> listed(Snapshot snapshot) {
        return snapshot.errors().stream().sorted(Comparator.comparingLong(StatsError::occurrences).reversed()).limit(MOST).toList();
    }

    private static void row(Table table, StatsError error, Optional<Instant> start) {
        table.row(cells -> cells.number(Figures.count(error.occurrences())).method(error.method()).name(error.name())
            .text(error.error()).moment(error.firstSeen(), start).moment(error.lastSeen(), start));
    }
}
