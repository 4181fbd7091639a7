package io.katydid.micrometer;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Environment;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.kernel.KernelEnvironment;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads the meters of real environments. */
class RunMetersTest {

    static final class Nobody extends User {
        @Task void nothing() {}
    }

    private static KernelEnvironment environment() {
        return new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).plugin(new RunMeters()).build();
    }

    private static SimpleMeterRegistry backend(Environment environment) {
        var backend = new SimpleMeterRegistry();
        RunMeters.registry(environment).add(backend);
        return backend;
    }

    @Test void theMetersShowTheNewestSnapshotAndTwoEnvironmentsDoNotMix() {
        try (var one = environment(); var two = environment()) {
            var meters = backend(one);
            var others = backend(two);
            var runner = one.createLocalRunner();
            one.init();
            runner.start(0, 1);
            for (int i = 0; i < 10; i++) one.events().request().report("GET", "/a", 100).success();
            one.events().request().report("GET", "/a", 100).failure(new CatchResponseError("no"));
            one.shutdown(1);

            assertThat(meters.get("katydid.requests").tag("name", "/a").functionCounter().count()).isEqualTo(11);
            assertThat(meters.get("katydid.failures").tag("method", "GET").functionCounter().count()).isEqualTo(1);
            assertThat(meters.get("katydid.response.time").tag("quantile", "0.5").gauge().value()).isBetween(0.099, 0.101);
            assertThat(meters.get("katydid.loop.utilisation").gauge().value()).isBetween(0.0, 1.0);
            assertThat(meters.find("katydid.wake.up.delay").gauge()).isNotNull();
            assertThat(others.getMeters()).isEmpty();
        }
    }
}
