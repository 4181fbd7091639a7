package io.katydid.otel;

import io.katydid.api.Environment;
import io.katydid.api.Reporter;
import io.katydid.testkit.ReporterContract;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

class OtelPluginContractTest extends ReporterContract {

    @Override protected Reporter newPlugin(Path folder) {
        return new OtelPlugin(
            Map.of("OTEL_TRACES_EXPORTER", "console", "OTEL_METRICS_EXPORTER", "console", "OTEL_LOGS_EXPORTER", "console"),
            new Printed());
    }

    @Override protected List<String> options(Path folder) { return List.of("--otel"); }

    @Override protected String output(Path folder, Reporter reporter, Environment environment) {
        return ((OtelPlugin) reporter).console().toString();
    }

    private static final class Printed extends PrintStream {
        Printed() {
            super(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        }

        @Override public String toString() { return ((ByteArrayOutputStream) out).toString(StandardCharsets.UTF_8); }
    }
}
