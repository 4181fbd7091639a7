package io.katydid.json;

import io.katydid.api.Reporter;
import io.katydid.testkit.ReporterContract;
import java.nio.file.Path;
import java.util.List;

class JsonReporterContractTest extends ReporterContract {

    @Override protected Reporter newPlugin(Path folder) { return new JsonReporter(); }

    @Override protected List<String> options(Path folder) {
        return List.of("--json=" + folder.resolve("report.json"), "--json-file=" + folder.resolve("entries"));
    }
}
