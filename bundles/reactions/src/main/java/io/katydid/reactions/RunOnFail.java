package io.katydid.reactions;

import io.katydid.api.Environment;
import io.katydid.api.Listener;
import io.katydid.api.Registration;
import io.katydid.api.event.RequestEvent;

/** Runs code of yours after each failed request, on the thread that made it: do not block. */
public final class RunOnFail {
    private RunOnFail() {}

    /** Does so from now on, until the result is closed or the script or bundle that asked for it is unloaded. */
    public static Registration on(Environment environment, Listener<? super RequestEvent> function) {
        return Failures.of(environment, function);
    }
}
