package io.katydid.otel;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.KatydidException;
import io.katydid.api.Reporter;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import java.io.PrintStream;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports metrics, requests and the log when {@code --otel} asks for it, as the standard variables {@code OTEL_*} say. Without it nothing listens to requests.
 * What is wrong with a variable is said before the run; what is wrong with a collector never costs the run more than a few seconds at its end.
 */
@Extension
public final class OtelPlugin implements Reporter {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.otel");
    private static final String GROUP = "Other options";
    static final Option<Boolean> OTEL = Option.flag("--otel").env("LOCUST_ENABLE_OPENTELEMETRY").group(GROUP)
        .help("Export metrics, requests and the log by OpenTelemetry, as the variables OTEL_* say").hiddenInWebUI();
    static final Option<Integer> MAX_NAMES = Option.integer("--otel-max-names").group(GROUP).placeholder("N").defaultValue(20)
        .help("Tell so many names apart in the histogram of --otel, the first ones; the others share one").hiddenInWebUI();
    private final Map<String, String> variables;
    private final PrintStream console;
    private @Nullable Telemetry telemetry;

    /** Makes one; the platform does. */
    public OtelPlugin() {
        this(System.getenv(), System.out);
    }

    OtelPlugin(Map<String, String> variables, PrintStream console) {
        this.variables = variables;
        this.console = console;
    }

    PrintStream console() { return console; }

    @Override public boolean onWorkers() { return true; }

    @Override public void options(OptionRegistry options) {
        options.add(OTEL).add(MAX_NAMES);
    }

    @Override public void init(Environment of) {
        if (!of.parsedOptions().get(OTEL)) return;
        int names = of.parsedOptions().get(MAX_NAMES);
        if (names < 0)
            throw new KatydidException("--otel-max-names " + names + " is no number of names. Give 0 or more; 20 is the default.");
        var settings = ExporterSettings.of(variables);
        if (!settings.exportsAnything()) {
            LOG.info("No OpenTelemetry exporters configured, opentelemetry not enabled");
            return;
        }
        try {
            telemetry = Telemetry.start(of, settings, names, console);
        } catch (LinkageError incomplete) {
            LOG.error(
                "OpenTelemetry SDK is not installed, opentelemetry not enabled: {} is missing. Use the bundle otel as it is shipped, on a"
                    + " Java that has the module java.net.http. The run goes on.",
                incomplete.getMessage(), incomplete);
        }
    }

    @Override public void finished(Environment environment, int exitCode) {
        var running = telemetry;
        if (running != null) running.finish();
    }

    @Override public void close() {
        var running = telemetry;
        telemetry = null;
        if (running != null) running.close();
    }
}
