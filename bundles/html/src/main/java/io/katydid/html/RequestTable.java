package io.katydid.html;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Snapshot;
import java.util.List;

/** Writes the table of requests. */
final class RequestTable {
    /** So many names are listed; {@code --max-names} may allow more, a page cannot. */
    static final int MOST = 2_000;
    private static final List<Column> COLUMNS = List.of(Column.text("Type"), Column.text("Name"), Column.number("Requests"),
        Column.minor("Failures"), Column.number("Failed"), Column.number("RPS"), Column.minor("Failures/s"), Column.minor("Average"),
        Column.minor("Min"), Column.number("Median"), Column.number("Max"), Column.minor("Average size"));

    private RequestTable() {}

    static void write(Html html, Snapshot snapshot) {
        html.open("section", "id", "requests", "data-filter", "").open("h2").text("Requests ")
            .element("small", "times in milliseconds").close();
        if (snapshot.entries().isEmpty()) html.element("p", "No request was recorded.", "class", "hint");
        Table.write(html, "Requests", COLUMNS, table -> {
            table.part("tbody", () -> listed(snapshot).forEach(entry -> row(table, entry, entry.name())));
            table.part("tfoot", () -> row(table, snapshot.total(), "All requests"));
        });
        unlisted(html, snapshot);
        html.close();
    }

    static List<EntrySnapshot> listed(Snapshot snapshot) {
        return snapshot.entries().subList(0, Math.min(MOST, snapshot.entries().size()));
    }

    static void unlisted(Html html, Snapshot snapshot) {
        int more = snapshot.entries().size() - MOST;
        if (more > 0) html.element("p", Figures.count(more) + " more names are not listed; the totals have them.", "class", "hint");
    }

    private static void row(Table table, EntrySnapshot entry, String name) {
        boolean timed = entry.numRequests() > entry.numNoneRequests();
        table.row(cells -> cells.method(entry.method()).name(name).number(Figures.count(entry.numRequests()))
            .minor(Figures.count(entry.numFailures())).number(Figures.percent(entry.failRatio())).number(Figures.rate(entry.totalRps()))
            .minor(Figures.rate(entry.totalFailPerSec())).minor(timed(timed, entry.avgResponseTime()))
            .minor(timed(timed, entry.minResponseTime())).number(timed(timed, entry.medianResponseTime()))
            .number(timed(timed, entry.maxResponseTime())).minor(Figures.bytes(entry.avgContentLength())));
    }

    private static String timed(boolean timed, double millis) { return timed ? Figures.millis(millis) : Figures.NONE; }
}
