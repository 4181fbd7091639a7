package io.katydid.host;

import java.util.List;
import java.util.Set;

/** Knows which packages of the platform's class path foreign code may use. */
final class Exports {
    private static final Set<String> EXACT = Set.of("io.katydid.carrier", "io.katydid.carrier.netty", "io.katydid.launcher",
        "org.HdrHistogram", "org.jspecify.annotations");
    private static final List<String> TREES = List.of("io.katydid.api", "io.katydid.testkit", "io.vertx", "io.netty", "io.micrometer",
        "tools.jackson", "com.fasterxml.jackson",
        "org.slf4j", "ch.qos.logback", "de.siegmar");
    private static final List<String> INTERNAL = List.of("io.katydid.kernel", "io.katydid.cluster", "io.katydid.host");

    private Exports() {}

    /** Tells whether bundles may import a package of the class path. */
    static boolean allowed(String name) {
        return EXACT.contains(name) || TREES.stream().anyMatch(tree -> within(name, tree));
    }

    /** Tells whether a package is nobody's business outside the platform. */
    static boolean internal(String name) {
        return INTERNAL.stream().anyMatch(tree -> within(name, tree)) || (within(name, "io.katydid.carrier") && !EXACT.contains(name));
    }

    private static boolean within(String name, String tree) {
        return name.equals(tree) || (name.startsWith(tree) && name.charAt(tree.length()) == '.');
    }
}
