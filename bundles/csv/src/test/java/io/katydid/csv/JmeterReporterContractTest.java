package io.katydid.csv;

import io.katydid.api.Environment;
import io.katydid.api.Reporter;
import io.katydid.testkit.ReporterContract;
import java.nio.file.Path;
import java.util.List;

class JmeterReporterContractTest extends ReporterContract {

    @Override protected Reporter newPlugin(Path folder) { return new JmeterReporter(); }

    /** Beside the folder: it is not the reporter that makes one. */
    @Override protected List<String> options(Path folder) {
        return List.of("--jmeter-log=" + file(folder));
    }

    @Override protected String output(Path folder, Reporter reporter, Environment environment) {
        return RequestLogTest.read(file(folder));
    }

    private static Path file(Path folder) { return folder.resolveSibling(folder.getFileName() + ".jtl"); }
}
