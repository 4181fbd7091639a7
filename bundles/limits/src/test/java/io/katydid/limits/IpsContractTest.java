package io.katydid.limits;

import io.katydid.api.Plugin;
import io.katydid.testkit.PluginContract;
import java.nio.file.Path;
import java.util.List;

class IpsContractTest extends PluginContract {

    @Override protected Plugin newPlugin(Path folder) { return new Ips(); }

    @Override protected List<String> options(Path folder) {
        return List.of("--ips=5");
    }
}
