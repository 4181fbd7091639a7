package io.katydid.terminal;

import io.katydid.api.Environment;
import io.katydid.api.Reporter;
import io.katydid.testkit.ReporterContract;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

class TerminalReporterContractTest extends ReporterContract {
    private final Map<Reporter, ByteArrayOutputStream> screens = new ConcurrentHashMap<>();

    @Override protected Reporter newPlugin(Path folder) {
        var bytes = new ByteArrayOutputStream();
        var made = new TerminalReporter(new PrintStream(bytes, true, StandardCharsets.UTF_8), new Screen(160, false));
        screens.put(made, bytes);
        return made;
    }

    @Override protected String output(Path folder, Reporter reporter, Environment environment) {
        return screens.get(reporter).toString(StandardCharsets.UTF_8);
    }
}
