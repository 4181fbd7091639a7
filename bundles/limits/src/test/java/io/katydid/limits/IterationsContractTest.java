package io.katydid.limits;

import io.katydid.api.Plugin;
import io.katydid.testkit.PluginContract;
import java.nio.file.Path;
import java.util.List;

class IterationsContractTest extends PluginContract {

    @Override protected Plugin newPlugin(Path folder) { return new Iterations(); }

    @Override protected List<String> options(Path folder) {
        return List.of("--iterations=5");
    }
}
