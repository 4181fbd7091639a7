package io.katydid.reactions;

import io.katydid.api.Environment;
import io.katydid.api.Registration;

/** Quits the run after a failed request, with exit code 1 whatever {@code --exit-code-on-error} says. Users stop and reports are finished as at any other end. */
public final class ExitOnFail {
    private static final int FAILED = 1;

    private ExitOnFail() {}

    /** Does so from now on, until the result is closed or the script or bundle that asked for it is unloaded. */
    public static Registration on(Environment environment) {
        var quitting = new Quitting(environment);
        return Failures.of(environment, event -> {
            environment.processExitCode(FAILED);
            quitting.after(event);
        });
    }
}
