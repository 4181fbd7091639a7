package io.katydid.html;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Writes tables that scroll inside their frame when the window is narrow. */
final class Table {
    private final Html html;

    private Table(Html html) {
        this.html = html;
    }

    /** Writes a table; {@code rows} writes what is below the heading. */
    static void write(Html html, String label, List<Column> columns, Consumer<Table> rows) {
        html.open("div", "class", "scroll", "role", "region", "tabindex", "0", "aria-label", label).open("table", "aria-label", label);
        html.open("thead").open("tr");
        for (var column : columns) html.element("th", column.label(), "scope", "col", "class", column.css());
        html.close().close();
        rows.accept(new Table(html));
        html.close().close();
    }

    Table part(String tag, Runnable rows) {
        html.open(tag);
        rows.run();
        html.close();
        return this;
    }

    void row(Consumer<Table> cells) {
        html.open("tr");
        cells.accept(this);
        html.close();
    }

    /** Writes the cell that names the row. */
    Table name(String text) {
        html.open("th", "scope", "row");
        Shortened.write(html, text);
        html.close();
        return this;
    }

    Table method(String text) {
        html.element("td", Shortened.inPlace(text), "class", "method");
        return this;
    }

    Table text(String text) {
        html.open("td");
        Shortened.write(html, text);
        html.close();
        return this;
    }

    Table number(String text) {
        html.element("td", text, "class", "number");
        return this;
    }

    /** Writes a moment as time since the start of the test; the clock's time is in its tooltip. */
    Table moment(Optional<Instant> at, Optional<Instant> start) {
        html.open("td", "class", "number minor");
        at.ifPresentOrElse(moment -> {
            var clock = moment.truncatedTo(ChronoUnit.SECONDS).toString();
            double seconds = start.map(begin -> Math.max(0, Duration.between(begin, moment).toMillis() / 1e3)).orElse(Double.NaN);
            html.element("time", Double.isNaN(seconds) ? clock : Figures.clock(seconds), "datetime", clock, "title", clock);
        }, () -> html.text(Figures.NONE));
        html.close();
        return this;
    }

    Table minor(String text) {
        html.element("td", text, "class", "number minor");
        return this;
    }
}
