package io.katydid.reactions;

import io.katydid.api.Environment;
import io.katydid.api.Registration;

/** Quits the run after a failed request. The exit code is that of any run with a failure. */
public final class QuitOnFail {
    private QuitOnFail() {}

    /** Does so from now on, until the result is closed or the script or bundle that asked for it is unloaded. */
    public static Registration on(Environment environment) {
        var quitting = new Quitting(environment);
        return Failures.of(environment, quitting::after);
    }

    /** Does so after a failed request of this name only. */
    public static Registration on(Environment environment, String name) {
        var quitting = new Quitting(environment);
        return Failures.of(environment, event -> {
            if (event.name().equals(name)) quitting.after(event);
        });
    }
}
