package io.katydid.reactions;

import io.katydid.api.Environment;
import io.katydid.api.Plugin;
import io.katydid.testkit.PluginContract;
import java.nio.file.Path;

class ReactionsContractTest extends PluginContract {

    @Override protected Plugin newPlugin(Path folder) { return new All(); }

    /** Reacts in every way: what a reaction registers is its caller's. */
    static final class All implements Plugin {
        @Override public void init(Environment environment) {
            RescheduleTaskOnFail.on(environment);
            InterruptTaskOnFail.on(environment);
            StopUserOnFail.on(environment);
            ExitOnFail.on(environment);
            QuitOnFail.on(environment, "/login");
            RunOnFail.on(environment, _ -> {});
            RunOnUserError.on(environment, _ -> {});
        }
    }
}
