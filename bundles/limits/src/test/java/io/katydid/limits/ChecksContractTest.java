package io.katydid.limits;

import io.katydid.api.Plugin;
import io.katydid.testkit.PluginContract;
import java.nio.file.Path;
import java.util.List;

class ChecksContractTest extends PluginContract {

    @Override protected Plugin newPlugin(Path folder) { return new Checks(); }

    @Override protected List<String> options(Path folder) {
        return List.of("--check-rps=1", "--check-fail-ratio=0.5", "--check-avg-response-time=100");
    }
}
