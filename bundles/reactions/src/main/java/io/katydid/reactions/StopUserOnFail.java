package io.katydid.reactions;

import io.katydid.api.Environment;
import io.katydid.api.Registration;
import io.katydid.api.StopUser;

/** Ends the user whose request failed; no other takes its place. */
public final class StopUserOnFail {
    private StopUserOnFail() {}

    /** Does so from now on, until the result is closed or the script or bundle that asked for it is unloaded. */
    public static Registration on(Environment environment) {
        return Failures.ofUsers(environment, _ -> { throw new StopUser(); });
    }
}
