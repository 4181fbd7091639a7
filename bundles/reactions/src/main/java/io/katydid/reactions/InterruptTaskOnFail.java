package io.katydid.reactions;

import io.katydid.api.Environment;
import io.katydid.api.InterruptTaskSet;
import io.katydid.api.Registration;

/** Leaves the present task set after a failed request; the user goes on outside of it at once. For tasks of task sets: a user itself cannot be left, and says so in the exceptions. */
public final class InterruptTaskOnFail {
    private InterruptTaskOnFail() {}

    /** Does so from now on, until the result is closed or the script or bundle that asked for it is unloaded. */
    public static Registration on(Environment environment) {
        return Failures.ofUsers(environment, _ -> { throw new InterruptTaskSet(); });
    }
}
