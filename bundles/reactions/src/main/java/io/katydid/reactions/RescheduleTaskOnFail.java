package io.katydid.reactions;

import io.katydid.api.Environment;
import io.katydid.api.Registration;
import io.katydid.api.RescheduleTask;

/** Ends the present task after a failed request; the user waits and picks its next one. */
public final class RescheduleTaskOnFail {
    private RescheduleTaskOnFail() {}

    /** Does so from now on, until the result is closed or the script or bundle that asked for it is unloaded. */
    public static Registration on(Environment environment) {
        return Failures.ofUsers(environment, _ -> { throw new RescheduleTask(); });
    }
}
