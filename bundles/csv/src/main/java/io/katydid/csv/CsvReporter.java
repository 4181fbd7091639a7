package io.katydid.csv;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.KatydidException;
import io.katydid.api.Reporter;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.api.stats.Snapshot;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writes the files when {@code --csv} asks for them. */
@Extension
public final class CsvReporter implements Reporter {
    static final Option<String> CSV = Option.string("--csv").env("LOCUST_CSV").group("Request statistics options").placeholder("PREFIX")
        .help(
            "Write the statistics every second to PREFIX_stats.csv, _stats_history.csv, _failures.csv and _exceptions.csv; and at the end what makes "
                + "them doubtful, if anything does, to _faults.csv")
        .hiddenInWebUI();
    static final Option<Boolean> FULL_HISTORY = Option.flag("--csv-full-history").env("LOCUST_CSV_FULL_HISTORY")
        .group("Request statistics options")
        .help("Write each name, not only the total, to the history; needs --csv").hiddenInWebUI().requires(CSV);
    private @Nullable StatsCSVFileWriter writer;

    /** Makes one; the platform does. */
    public CsvReporter() {}

    @Override public void options(OptionRegistry options) {
        options.add(CSV).add(FULL_HISTORY);
    }

    @Override public void init(Environment environment) {
        var prefix = environment.parsedOptions().find(CSV);
        boolean full = environment.parsedOptions().get(FULL_HISTORY);
        if (full && prefix.isEmpty()) throw new KatydidException("'--csv-full-history' requires '--csv'.");
        if (prefix.isPresent()) writer = open(environment, Path.of(prefix.get()), full);
    }

    private static StatsCSVFileWriter open(Environment environment, Path base, boolean full) {
        try {
            // In the middle of a run this is a newer revision of the bundle.
            boolean goOn = environment.run().filter(run -> run.endTime().isEmpty()).isPresent();
            return new StatsCSVFileWriter(environment, base, full, goOn);
        } catch (UncheckedIOException problem) {
            throw new KatydidException("--csv " + base + ": " + problem.getMessage(), problem);
        }
    }

    @Override public void snapshot(Snapshot second) {
        var files = writer;
        if (files != null) files.write(second);
    }

    @Override public void finished(Environment environment, int exitCode) {
        var files = writer;
        if (files == null) return;
        files.finish();
        environment.run().ifPresent(run -> files.faults(run.faults()));
    }
}
