package io.katydid.hlog;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.KatydidException;
import io.katydid.api.Reporter;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.api.stats.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Writes the logs when {@code --hlog} asks for them. */
@Extension
public final class HlogReporter implements Reporter {
    private static final String GROUP = "Request statistics options";
    static final Option<String> HLOG = Option.string("--hlog").group(GROUP).placeholder("PREFIX")
        .help("Write each interval's exact response times, in microseconds, as HdrHistogram logs: PREFIX.hlog for all requests, "
            + "PREFIX_names.hlog with a tag METHOD:NAME for each name")
        .hiddenInWebUI();
    static final Option<Duration> INTERVAL = Option.duration("--hlog-interval").group(GROUP).placeholder("TIME")
        .defaultValue(Duration.ofSeconds(1)).help("Length of an interval of --hlog, at least 1s").hiddenInWebUI();
    private @Nullable HistogramLogs logs;

    /** Makes one; the platform does. */
    public HlogReporter() {}

    @Override public void options(OptionRegistry options) {
        options.add(HLOG).add(INTERVAL);
    }

    @Override public void init(Environment environment) {
        var interval = environment.parsedOptions().get(INTERVAL);
        if (interval.toSeconds() < 1)
            throw new KatydidException(
                "--hlog-interval " + interval.toMillis() + " ms is too short: there is one snapshot a second. Give 1s or more.");
        var prefix = environment.parsedOptions().find(HLOG);
        if (prefix.isPresent()) logs = open(Path.of(prefix.get()), interval);
    }

    private static HistogramLogs open(Path prefix, Duration interval) {
        try {
            return new HistogramLogs(prefix, interval);
        } catch (IOException problem) {
            throw new KatydidException(
                "--hlog " + prefix + ": the logs cannot be created: " + problem + ". Choose a prefix in a folder you may write to.",
                problem);
        }
    }

    @Override public void started(Environment environment) {
        var to = logs;
        if (to != null) environment.run().ifPresent(run -> to.begin(run.startTime()));
    }

    @Override public void snapshot(Snapshot second) throws IOException {
        var to = logs;
        if (to != null) to.take(second);
    }

    @Override public void close() throws IOException {
        var to = logs;
        if (to != null) to.close();
    }
}
