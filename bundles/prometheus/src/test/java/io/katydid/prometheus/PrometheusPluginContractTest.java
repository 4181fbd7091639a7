package io.katydid.prometheus;

import io.katydid.api.Plugin;
import io.katydid.testkit.PluginContract;
import java.nio.file.Path;
import java.util.List;

class PrometheusPluginContractTest extends PluginContract {

    @Override protected Plugin newPlugin(Path folder) { return new PrometheusPlugin(); }

    @Override protected List<String> options(Path folder) { return List.of("--prometheus-port=0"); }
}
