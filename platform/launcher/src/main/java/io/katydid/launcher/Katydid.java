package io.katydid.launcher;

import io.katydid.api.User;
import java.util.List;

/**
 * Opens the platform to programs: a test from plain {@code main}, without command line and bundles.
 *
 * <pre>{@code
 * try (var environment = Katydid.environment(Shopper.class).host("http://localhost:8080").build(); var runner = environment.createLocalRunner()) {
 *     environment.init();
 *     runner.start(10, 2);
 *     Thread.sleep(Duration.ofSeconds(30));
 *     runner.quit();
 *     runner.join();
 * }
 * }</pre>
 */
public final class Katydid {
    private Katydid() {}

    /** Begins an environment that runs these user classes; all else has a default. The reference's {@code Environment(user_classes=[…])}. */
    @SafeVarargs public static KatydidBuilder environment(Class<? extends User>... userClasses) {
        return new KatydidBuilder(List.of(userClasses));
    }
}
