package io.katydid.kernel.run;

import io.katydid.api.LocalRunner;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs all users in this process; what is sent arrives here. */
public final class LocalRunnerImpl extends TestRunner implements LocalRunner {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");

    /** Makes a runner that is ready. */
    public LocalRunnerImpl(RunnerHome home) {
        this(home, new Population(home));
    }

    private LocalRunnerImpl(RunnerHome home, Population population) {
        super(home, population, new LocalCrew(home, population));
    }

    @Override public void sendMessage(String type) {
        sendMessage(type, Map.of());
    }

    @Override public void sendMessage(String type, Object data) {
        if (!messages().receive(type, data, "local"))
            LOG.warn("Nobody takes the message '{}'. Register a handler with registerMessage before it is sent.", type);
    }
}
