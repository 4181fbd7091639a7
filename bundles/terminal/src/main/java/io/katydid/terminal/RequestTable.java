package io.katydid.terminal;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Is the table of requests: the reference's where there is room, else one of fewer columns, so that no line wraps and no number is cut. */
final class RequestTable {
    private static final int TYPE = 8;
    private static final int WIDE_REST = 84;
    private static final int NARROW_REST = 58;
    private static final int COUNT = 7;
    private static final int FAILS = 12;
    private static final int MAX_NAME = 76;
    private final Screen screen;
    private final Snapshot snapshot;
    private final boolean current;
    private final int count;
    private final int fails;
    private final int name;

    RequestTable(Screen screen, Snapshot snapshot, boolean current) {
        this.screen = screen;
        this.snapshot = snapshot;
        this.current = current;
        // No number is ever cut: where one needs more room, the name gets less.
        count = Math.max(COUNT, Long.toString(snapshot.total().numRequests()).length());
        fails = Math.max(FAILS, failures(snapshot.total()).length());
        int rest = (screen.wide() ? WIDE_REST : NARROW_REST) + count - COUNT + fails - FAILS;
        name = Math.clamp(screen.columns() - rest, 4, MAX_NAME);
    }

    List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(header());
        lines.add(separator());
        for (var entry : snapshot.entries()) lines.add(entry.numFailures() > 0 ? screen.bad(row(entry)) : row(entry));
        lines.add(separator());
        lines.add(row(snapshot.total()));
        lines.add("");
        return lines;
    }

    private String header() {
        return screen.wide() ? wide("Type", "Name", "# reqs", "# fails", "Avg", "Min", "Max", "Med", "req/s", "failures/s")
            : narrow("Type", "Name", "# reqs", "# fails", "Avg", "Med", "Max", "req/s");
    }

    private String separator() {
        return screen.wide()
            ? dashes(TYPE) + "|" + dashes(name) + "|" + dashes(count) + "|" + dashes(fails + 1) + "|" + dashes(7) + "|" + dashes(7) + "|"
                + dashes(7)
                + "|" + dashes(7) + "|" + dashes(8)
                + "|" + dashes(11)
            : dashes(TYPE) + "|" + dashes(name) + "|" + dashes(count) + "|" + dashes(fails) + "|" + dashes(6) + "|" + dashes(6) + "|"
                + dashes(6)
                + "|" + dashes(6);
    }

    private String row(EntrySnapshot entry) {
        var failed = failures(entry);
        double rate = current ? entry.currentRps() : entry.totalRps();
        double failing = current ? entry.currentFailPerSec() : entry.totalFailPerSec();
        if (!screen.wide()) {
            return narrow(entry.method(), entry.name(), entry.numRequests(), failed, ms(entry.avgResponseTime()),
                ms(entry.medianResponseTime()),
                ms(entry.maxResponseTime()), String.format(Locale.ROOT, rate < 1000 ? "%.1f" : "%.0f", rate));
        }
        return wide(entry.method(), entry.name(), entry.numRequests(), failed, ms(entry.avgResponseTime()), ms(entry.minResponseTime()),
            ms(entry.maxResponseTime()), ms(entry.medianResponseTime()), String.format(Locale.ROOT, rate < 10_000 ? "%.2f" : "%.0f", rate),
            String.format(Locale.ROOT, "%.2f", failing));
    }

    private static String failures(EntrySnapshot entry) {
        return String.format(Locale.ROOT, "%d(%.2f%%)", entry.numFailures(), entry.failRatio() * 100);
    }

    private static long ms(double value) { return Double.isNaN(value) ? 0 : (long) value; }

    private String wide(String type, String title, Object requests, String failed, Object avg, Object min, Object max, Object median,
        String rate, String failing) {
        return String
            .format(Locale.ROOT, "%-8s %-" + name + "s %" + count + "s %" + fails + "s |%7s %7s %7s%7s | %7s %11s", Screen.fit(type, TYPE),
                Screen.fit(title, name), requests, failed,
                avg, min, max, median, rate, failing)
            .stripTrailing();
    }

    private String narrow(String type, String title, Object requests, String failed, Object avg, Object median, Object max, String rate) {
        return String.format(Locale.ROOT, "%-8s %-" + name + "s %" + count + "s %" + fails + "s %6s %6s %6s %6s", Screen.fit(type, TYPE),
            Screen.fit(title, name),
            requests, failed, avg, median,
            max, rate).stripTrailing();
    }

    static String dashes(int count) { return "-".repeat(Math.max(0, count)); }
}
