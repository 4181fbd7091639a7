package io.katydid.hlog;

import io.katydid.api.Reporter;
import io.katydid.testkit.ReporterContract;
import java.nio.file.Path;
import java.util.List;

class HlogReporterContractTest extends ReporterContract {

    @Override protected Reporter newPlugin(Path folder) { return new HlogReporter(); }

    @Override protected List<String> options(Path folder) { return List.of("--hlog=" + folder.resolve("out")); }
}
