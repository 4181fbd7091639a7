package io.katydid.html;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.Reporter;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.api.stats.Snapshot;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** Writes the report when {@code --html} asks for it: when a test ends, and again with the exit code when the process does. */
@Extension
public final class HtmlReporter implements Reporter {
    static final Option<String> HTML = Option.string("--html").env("LOCUST_HTML").group("Request statistics options").placeholder("FILE")
        .help("Write an HTML report to FILE at the end; {u}, {r} and {t} in it become users, spawn rate and run time in seconds")
        .hiddenInWebUI();
    private final Series series = new Series();
    private @Nullable Environment environment;
    private @Nullable ReportFile file;

    /** Makes one; the platform does. */
    public HtmlReporter() {}

    @Override public void options(OptionRegistry options) {
        options.add(HTML);
    }

    @Override public void init(Environment of) {
        environment = of;
        of.parsedOptions().find(HTML).ifPresent(name -> file = ReportFile.open(FileName.of(name, of)));
    }

    @Override public void started(Environment of) {
        series.clear();
    }

    @Override public void snapshot(Snapshot second) {
        var of = environment;
        if (of == null || file == null) return;
        series.add(second);
        if (second.last()) write(new Report(of, second, series, OptionalInt.empty()));
    }

    @Override public void finished(Environment of, int exitCode) {
        write(new Report(of, of.stats().snapshot(), series, OptionalInt.of(exitCode)));
    }

    private void write(Report report) {
        var target = file;
        if (target != null) target.write(Page.of(report));
    }
}
