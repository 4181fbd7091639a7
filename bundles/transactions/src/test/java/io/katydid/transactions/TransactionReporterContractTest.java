package io.katydid.transactions;

import io.katydid.api.Plugin;
import io.katydid.testkit.PluginContract;
import java.nio.file.Path;
import java.util.List;

class TransactionReporterContractTest extends PluginContract {

    @Override protected Plugin newPlugin(Path folder) { return new TransactionReporter(); }

    /** In no file: that is {@code --csv} of another bundle; to the console. */
    @Override protected List<String> options(Path folder) {
        return List.of();
    }
}
