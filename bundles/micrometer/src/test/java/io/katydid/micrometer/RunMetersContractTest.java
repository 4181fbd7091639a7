package io.katydid.micrometer;

import io.katydid.api.Environment;
import io.katydid.api.Reporter;
import io.katydid.testkit.ReporterContract;
import java.nio.file.Path;
import java.util.stream.Collectors;

class RunMetersContractTest extends ReporterContract {

    @Override protected Reporter newPlugin(Path folder) { return new RunMeters(); }

    @Override protected String output(Path folder, Reporter reporter, Environment environment) {
        return RunMeters.registry(environment).getMeters().stream().map(meter -> meter.getId().toString())
            .collect(Collectors.joining("\n"));
    }
}
