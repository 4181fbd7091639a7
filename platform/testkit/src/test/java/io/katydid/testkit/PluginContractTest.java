package io.katydid.testkit;

import io.katydid.api.Environment;
import io.katydid.api.Plugin;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** A plugin that registers one thing of each kind keeps the contract. */
class PluginContractTest extends PluginContract {
    static final Option<Duration> EVERY = Option.duration("--toy-every").defaultValue(Duration.ofMinutes(2)).help("Count so often");

    /** Registers one thing of each kind. */
    static class Busy implements Plugin {
        @Override public void options(OptionRegistry options) {
            options.add(EVERY).add(Option.integer("--toy-level").choices(1, 2, 3).defaultValue(2).help("How much is counted"));
        }

        @Override public void init(Environment environment) {
            environment.events().request().addListener(_ -> {});
            environment.events().quitting().addFirst(_ -> {});
            environment.every(environment.parsedOptions().get(EVERY), () -> {});
            var web = environment.webUI();
            if (web.isEmpty()) return;
            web.get().get("/toy", _ -> "toy");
            web.get().open().get("/open-toy", _ -> "toy");
            web.get().addBackgroundTask(() -> new CountDownLatch(1).await());
        }
    }

    @Override protected Plugin newPlugin(Path folder) { return new Busy(); }

    /** Has a default that it would not take. */
    static class Contradicting extends PluginContractTest {
        @Override protected Plugin newPlugin(Path folder) {
            return new Busy() {
                @Override public void options(OptionRegistry options) {
                    options.add(EVERY).add(Option.integer("--toy-level").choices(1, 2, 3).defaultValue(4).help("How much is counted"));
                }
            };
        }
    }

    @Test void itFindsADefaultThatTheOptionRefuses() {
        Broken.run(Contradicting.class, "itsOptionsExplainThemselves").failed("itsOptionsExplainThemselves",
            "--toy-level: invalid choice '4'");
    }

    /** Needs an option. */
    static class Demanding extends PluginContractTest {
        @Override protected Plugin newPlugin(Path folder) {
            return new Busy() {
                @Override public void init(Environment environment) {
                    environment.parsedOptions().get("toy-file");
                }
            };
        }
    }

    @Test void itFindsAPluginThatDoesNotStartOnItsDefaults() {
        Broken.run(Demanding.class, "itStartsOnItsDefaults").failed("itStartsOnItsDefaults", "toy-file");
    }
}
