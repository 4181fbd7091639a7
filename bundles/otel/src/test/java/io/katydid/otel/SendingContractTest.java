package io.katydid.otel;

import io.katydid.api.Reporter;
import io.katydid.testkit.ReporterContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Holds the plugin to its promises while it sends: the threads and connections of its sender are gone when it is closed. */
class SendingContractTest extends ReporterContract {
    private static final String URL = "katydid.test.collector";
    private static Collector collector;

    @BeforeAll static void open() {
        collector = new Collector();
        System.setProperty(URL, collector.url());
    }

    @AfterAll static void close() {
        System.clearProperty(URL);
        collector.close();
    }

    @Override protected Reporter newPlugin(Path folder) {
        return new OtelPlugin(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", System.getProperty(URL)), System.out);
    }

    @Override protected List<String> options(Path folder) { return List.of("--otel"); }

    @Override protected boolean writesNames() { return false; }
}
