package io.katydid.feeders;

import io.katydid.api.Plugin;
import io.katydid.testkit.PluginContract;
import java.nio.file.Path;

class SharedRowsContractTest extends PluginContract {

    @Override protected Plugin newPlugin(Path folder) { return new SharedRows(); }
}
