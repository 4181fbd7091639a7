package io.katydid.reactions;

import io.katydid.api.Environment;
import io.katydid.api.Listener;
import io.katydid.api.Registration;
import io.katydid.api.event.UserError;

/** Runs code of yours after each exception that left a task or a hook, on the user's thread: do not block. */
public final class RunOnUserError {
    private RunOnUserError() {}

    /** Does so from now on, until the result is closed or the script or bundle that asked for it is unloaded. */
    public static Registration on(Environment environment, Listener<? super UserError> function) {
        return environment.events().userError().addListener(function);
    }
}
