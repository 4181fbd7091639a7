package io.katydid.prometheus;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.KatydidException;
import io.katydid.api.WorkerRunner;
import io.katydid.api.Plugin;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.micrometer.RunMeters;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Serves the run's meters, those of {@link RunMeters}, when {@code --prometheus-port} asks for it: from before the run until the process ends, so a last scrape sees
 * every request. Response times are a histogram here, because percentiles of several machines cannot be added and buckets can.
 */
@Extension
public final class PrometheusPlugin implements Plugin {
    private static final String GROUP = "Request statistics options";
    private static final int MAX_PORT = 65_535;
    static final Option<Integer> PORT = Option.integer("--prometheus-port").group(GROUP).placeholder("PORT")
        .help("Serve the meters of the run to Prometheus at http://HOST:PORT/metrics; 0 for any free port").hiddenInWebUI();
    static final Option<String> HOST = Option.string("--prometheus-host").group(GROUP).placeholder("HOST").defaultValue("127.0.0.1")
        .help("Address that --prometheus-port listens on; * for all").hiddenInWebUI();
    private @Nullable ScrapeServer server;
    private @Nullable PrometheusMeterRegistry backend;
    private @Nullable Environment environment;

    /** Makes one; the platform does. */
    public PrometheusPlugin() {}

    @Override public void options(OptionRegistry options) {
        options.add(PORT).add(HOST);
    }

    @Override public void init(Environment of) {
        var port = of.parsedOptions().find(PORT);
        // The meters of a worker are part of its master's.
        if (port.isEmpty() || of.runner() instanceof WorkerRunner) return;
        var host = of.parsedOptions().get(HOST);
        if (port.get() < 0 || port.get() > MAX_PORT)
            throw new KatydidException(
                "--prometheus-port " + port.get() + " is no port. Give 1 to " + MAX_PORT + ", or 0 for any free one.");
        var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        registry.config().meterFilter(MeterFilter.deny(id -> id.getName().equals(ResponseTimes.METER)));
        registry.getPrometheusRegistry().register(new ResponseTimes(of, registry.config().namingConvention()));
        server = listen(host, port.get(), registry);
        RunMeters.registry(of).add(registry);
        backend = registry;
        environment = of;
    }

    private static ScrapeServer listen(String host, int port, PrometheusMeterRegistry registry) {
        try {
            return ScrapeServer.start(host, port, registry);
        } catch (IOException problem) {
            throw new KatydidException("--prometheus-port " + port + ": cannot listen on " + host + ":" + port + " (" + problem.getMessage()
                + "). Choose another port, or 0 for any free one; the address is that of --prometheus-host.", problem);
        }
    }

    int port() {
        var running = server;
        if (running == null) throw new IllegalStateException("nothing is served");
        return running.port();
    }

    @Override public void close() {
        var running = server;
        if (running != null) running.close();
        var registry = backend;
        var of = environment;
        if (registry == null || of == null) return;
        RunMeters.registry(of).remove(registry);
        registry.close();
    }
}
