package io.katydid.otel;

import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.KernelEnvironment;
import io.katydid.kernel.options.OptionValues;
import io.katydid.micrometer.RunMeters;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Is one environment with the plugin, its variables and what it printed. */
final class Trial implements AutoCloseable {
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    final OtelPlugin plugin;
    final KernelEnvironment environment;

    static final class Nobody extends User {
        @Task void nothing() {}
    }

    Trial(Map<String, String> variables) {
        this(variables, options());
    }

    Trial(Map<String, String> variables, OptionValues.Builder options) {
        plugin = new OtelPlugin(new HashMap<>(variables), new PrintStream(printed, true, StandardCharsets.UTF_8));
        environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).parsedOptions(options.build())
            .plugin(new RunMeters()).plugin(plugin).build();
    }

    static OptionValues.Builder options() { return new OptionValues.Builder().put(OtelPlugin.OTEL, true, "test"); }

    Trial start() {
        environment.createLocalRunner();
        environment.init();
        environment.runner().start(2, 100);
        return this;
    }

    void get(String name, double ms) {
        environment.events().request().report("GET", name, ms).success();
    }

    /** Ends the run as a process does, all but closing. */
    Trial finish() {
        environment.shutdown(1);
        return this;
    }

    String printed() { return printed.toString(StandardCharsets.UTF_8); }

    @Override public void close() {
        environment.close();
    }
}
