package io.katydid.terminal;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.KatydidException;
import io.katydid.api.Reporter;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.api.stats.Snapshot;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Prints a table every two seconds, or as often as {@code --console-stats-interval} says, and the final tables when the run has ended. */
@Extension
public final class TerminalReporter implements Reporter {
    static final Option<Boolean> PRINT_STATS = Option.flag("--print-stats").env("LOCUST_PRINT_STATS").group("Request statistics options")
        .help("Print statistics while the test runs, also when the console runs").hiddenInWebUI();
    static final Option<Boolean> ONLY_SUMMARY = Option.flag("--only-summary").env("LOCUST_ONLY_SUMMARY").group("Request statistics options")
        .help("Print the final statistics only").hiddenInWebUI();
    static final Option<Duration> INTERVAL = Option.duration("--console-stats-interval").env("LOCUST_CONSOLE_STATS_INTERVAL")
        .group("Request statistics options").placeholder("TIME").defaultValue(Duration.ofSeconds(2))
        .help("Time between two tables while the test runs, at least 1s").hiddenInWebUI();
    private final PrintStream out;
    private final Screen screen;
    private @Nullable Environment environment;
    private long everySeconds = 1;
    private long seconds;

    /** Makes one that prints to standard error, as the reference does. */
    public TerminalReporter() {
        this(System.err, Screen.detect());
    }

    TerminalReporter(PrintStream out, Screen screen) {
        this.out = out;
        this.screen = screen;
    }

    @Override public void options(OptionRegistry options) {
        options.add(PRINT_STATS).add(ONLY_SUMMARY).add(INTERVAL);
    }

    @Override public void init(Environment of) {
        var interval = of.parsedOptions().get(INTERVAL);
        if (interval.toSeconds() < 1) {
            throw new KatydidException("--console-stats-interval " + interval.toMillis()
                + " ms is too short: there is one snapshot a second. Give 1s or more, or --only-summary for none.");
        }
        everySeconds = interval.toSeconds();
        environment = of;
    }

    @Override public void snapshot(Snapshot second) {
        var of = environment;
        if (of == null || second.last() || ++seconds % everySeconds != 0 || !live(of)) return;
        print(new RequestTable(screen, second, true).lines());
    }

    private static boolean live(Environment of) {
        if (of.parsedOptions().get(ONLY_SUMMARY)) return false;
        return of.webUI().isEmpty() || of.parsedOptions().get(PRINT_STATS);
    }

    @Override public void finished(Environment of, int exitCode) {
        // --json-file takes the place of the tables, as in the reference.
        if (of.parsedOptions().find("json-file").isPresent()) return;
        var snapshot = of.stats().snapshot();
        print(new RequestTable(screen, snapshot, false).lines());
        print(new PercentileTable(screen, snapshot).lines());
        print(ErrorTable.lines(screen, snapshot));
        print(Remarks.lines(screen, snapshot, of.run()));
    }

    private void print(List<String> lines) {
        lines.forEach(out::println);
        out.flush();
    }
}
