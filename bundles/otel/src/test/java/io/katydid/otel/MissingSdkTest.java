package io.katydid.otel;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Reporter;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.micrometer.RunMeters;
import io.katydid.parity.Parity;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Takes the SDK away from the plugin, as a jar that was cut down does. */
class MissingSdkTest {

    /** Has the plugin's own classes, and finds nothing of OpenTelemetry. */
    private static final class WithoutSdk extends URLClassLoader {
        WithoutSdk() {
            super(new URL[]{OtelPlugin.class.getProtectionDomain().getCodeSource().getLocation()}, OtelPlugin.class.getClassLoader());
        }

        @Override protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                if (name.startsWith("io.opentelemetry.")) throw new ClassNotFoundException(name);
                if (!name.startsWith("io.katydid.otel.")) return super.loadClass(name, resolve);
                var known = findLoadedClass(name);
                return known == null ? findClass(name) : known;
            }
        }
    }

    @Test
    @Parity("OT-24") void aMissingSdkIsAnErrorInTheLogAndTheRunGoesOn() throws Exception {
        try (var log = new Logged(); var loader = new WithoutSdk()) {
            var plugin = (Reporter) loader.loadClass(OtelPlugin.class.getName()).getConstructor().newInstance();
            try (var environment = new EnvironmentBuilder().userClasses(List.of(Trial.Nobody.class)).loops(1)
                .parsedOptions(Trial.options().build()).plugin(new RunMeters()).plugin(plugin).build()) {
                environment.createLocalRunner();
                environment.init();
                assertThat(log.lines()).singleElement().satisfies(line -> assertThat(line)
                    .startsWith("ERROR OpenTelemetry SDK is not installed, opentelemetry not enabled: io/opentelemetry/")
                    .endsWith(
                        " is missing. Use the bundle otel as it is shipped, on a Java that has the module java.net.http. The run goes on."));
                assertThat(environment.events().request().listeners()).isEmpty();
                environment.runner().start(1, 100);
                environment.events().request().report("GET", "/a", 1).success();
                environment.shutdown(1);
                assertThat(environment.stats().total().numRequests()).isEqualTo(1);
            }
        }
    }
}
