package io.katydid.testkit;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Environment;
import io.katydid.api.Reporter;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.KernelEnvironment;

/** Makes environments for reporters, and requests in them. */
final class ReporterRun {
    private static final double MILLIS = 12.5;
    private static final long BYTES = 100;

    private ReporterRun() {}

    static KernelEnvironment open(EnvironmentBuilder builder, Reporter reporter, Reporter... neighbours) {
        for (var neighbour : neighbours) builder.plugin("neighbour", neighbour);
        var made = builder.headless(true).plugin(reporter).build();
        try {
            made.createLocalRunner();
            made.init();
            return made;
        } catch (RuntimeException | Error problem) {
            made.close();
            throw problem;
        }
    }

    static void request(Environment environment, String fine, String bad) {
        environment.events().request().report("GET", fine, MILLIS).success(BYTES);
        environment.events().request().report("GET", bad, MILLIS).failure(new CatchResponseError("refused on purpose"));
    }
}
