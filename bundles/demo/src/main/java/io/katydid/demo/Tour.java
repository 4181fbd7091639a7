package io.katydid.demo;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Snapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Says after the run what there is to see in its figures, in lines of at most 78 characters. */
final class Tour {
    private static final int WIDTH = 78;
    private final Snapshot snapshot;
    private final List<String> lines = new ArrayList<>();

    private Tour(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    static List<String> of(Snapshot snapshot) {
        var tour = new Tour(snapshot);
        tour.write();
        return tour.lines;
    }

    private void write() {
        lines.add("");
        lines.add("What to look at");
        var timed = snapshot.entries().stream().filter(entry -> entry.histogram().count() > 0).toList();
        if (timed.isEmpty()) {
            say("The run ended before the first answer. Give it longer: katydid demo -t 20s");
        } else {
            traffic();
            slowest(timed);
            failing(timed);
        }
        next();
    }

    private void traffic() {
        var total = snapshot.total();
        say("%,d requests, %.1f per second; half of them within %s, 99 of 100 within %s.", total.numRequests(), total.totalRps(),
            ms(total.percentile(0.5)), ms(total.percentile(0.99)));
    }

    private void slowest(List<EntrySnapshot> timed) {
        var slowest = timed.stream().max(Comparator.comparingDouble(entry -> entry.percentile(0.5))).orElseThrow();
        say("%s %s is the slow one: median %s, 95th percentile %s. The average of all hides it; a row per name does not.", slowest.method(),
            slowest.name(),
            ms(slowest.percentile(0.5)), ms(slowest.percentile(0.95)));
    }

    private void failing(List<EntrySnapshot> timed) {
        timed.stream().filter(entry -> entry.numFailures() > 0).max(Comparator.comparingDouble(EntrySnapshot::failRatio))
            .ifPresent(entry -> say(
                "%s %s fails: %d of %d requests. The error report above has the text; a run of your own would end with exit code 1 because of it.",
                entry.method(), entry.name(), entry.numFailures(), entry.numRequests()));
    }

    private void next() {
        lines.add("");
        lines.add("Next");
        lines.add("  katydid init                                  writes a first script to edit");
        lines.add("  katydid -H https://your.host --headless       runs it");
        lines.add("  katydid --help                                all options");
    }

    private void say(String format, Object... values) {
        var line = new StringBuilder("  *");
        for (var word : String.format(Locale.ROOT, format, values).split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line = new StringBuilder("   ");
            }
            line.append(' ').append(word);
        }
        lines.add(line.toString());
    }

    private static String ms(double value) { return String.format(Locale.ROOT, value < 10 ? "%.1f ms" : "%.0f ms", value); }
}
