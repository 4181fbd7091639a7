package io.katydid.csv;

import io.katydid.api.Reporter;
import io.katydid.testkit.ReporterContract;
import java.nio.file.Path;
import java.util.List;

class CsvReporterContractTest extends ReporterContract {

    @Override protected Reporter newPlugin(Path folder) { return new CsvReporter(); }

    @Override protected List<String> options(Path folder) {
        return List.of("--csv=" + folder.resolve("out"), "--csv-full-history");
    }
}
