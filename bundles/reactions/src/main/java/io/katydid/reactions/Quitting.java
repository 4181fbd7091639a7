package io.katydid.reactions;

import io.katydid.api.Environment;
import io.katydid.api.event.RequestEvent;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Quits the runner once and says because of which request. */
final class Quitting {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.reactions");
    private final AtomicBoolean begun = new AtomicBoolean();
    private final Environment environment;

    Quitting(Environment environment) {
        this.environment = environment;
    }

    /** Many users may fail at once: the first one is named. */
    void after(RequestEvent failed) {
        if (!begun.compareAndSet(false, true)) return;
        LOG.warn("{} {} failed ({}): quitting", failed.requestType(), failed.name(),
            failed.exception().map(Throwable::getMessage).orElse(""));
        environment.runner().quit();
    }
}
