package io.katydid.html;

import io.katydid.api.Run;
import java.util.List;

/** Writes what each worker did; a run in one process has none. */
final class WorkerTable {
    private static final int MOST = 500;
    private static final List<Column> COLUMNS = List.of(Column.text("Worker"), Column.number("Index"), Column.number("Most users"),
        Column.number("Requests"), Column.number("Most CPU"), Column.number("Most memory"), Column.text("State"));

    private WorkerTable() {}

    static void write(Html html, Report report) {
        var shares = report.run().map(Run::shares).orElse(List.of());
        if (shares.isEmpty()) return;
        html.open("section", "id", "workers").element("h2", "Workers");
        Table.write(html, "Workers", COLUMNS,
            table -> table.part("tbody", () -> shares.stream().limit(MOST).forEach(share -> table.row(cells -> row(cells, share)))));
        if (shares.size() > MOST) html.element("p", Figures.count(shares.size() - MOST) + " more are not listed.", "class", "hint");
        html.close();
    }

    private static void row(Table cells, Run.Share share) {
        cells.name(share.workerId()).number(Figures.count(share.index())).number(Figures.count(share.mostUsers()))
            .number(Figures.count(share.requests())).number(Figures.percent(share.cpuPercent() / 100))
            .number(Figures.count(share.memoryBytes() >> 20) + " MiB").text(share.state().word());
    }
}
