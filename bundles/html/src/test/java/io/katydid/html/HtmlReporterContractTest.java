package io.katydid.html;

import io.katydid.api.Reporter;
import io.katydid.testkit.ReporterContract;
import java.nio.file.Path;
import java.util.List;

class HtmlReporterContractTest extends ReporterContract {

    @Override protected Reporter newPlugin(Path folder) { return new HtmlReporter(); }

    @Override protected List<String> options(Path folder) { return List.of("--html=" + folder.resolve("report.html")); }
}
