package io.katydid.http;

import io.katydid.api.Plugin;
import io.katydid.testkit.PluginContract;
import java.nio.file.Path;
import java.util.List;

class TlsEngineContractTest extends PluginContract {

    @Override protected Plugin newPlugin(Path folder) { return new TlsEngine(); }

    @Override protected List<String> options(Path folder) {
        return List.of("--tls=jdk");
    }
}
