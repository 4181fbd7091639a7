package io.katydid.junit;

import io.katydid.api.Host;
import java.util.Optional;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Finds the base URL that a test run was told. */
final class Hosts {
    static final String PARAMETER = "katydid.host";

    private Hosts() {}

    /** Gives the configuration parameter, which is also a system property or a line of {@code junit-platform.properties}. */
    static Optional<String> configured(ExtensionContext context) {
        return context.getConfigurationParameter(PARAMETER).filter(url -> !url.isBlank());
    }

    /** Gives what {@code @Host} of the test class, or of one around it, says. */
    static Optional<String> ofClass(ExtensionContext context) {
        for (var type = context.getRequiredTestClass(); type != null; type = type.getEnclosingClass()) {
            var host = type.getAnnotation(Host.class);
            if (host != null) return Optional.of(host.value());
        }
        return Optional.empty();
    }
}
