package io.katydid.launcher;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Knows the platform's own verbs. */
final class Verbs {
    static final String CONFIG = "config";
    static final String PLUGINS = "plugins";
    static final Map<String, String> NAMES = new TreeMap<>(Map.of(CONFIG, "Show each option, its value and where it came from", "doctor",
        "Check JDK, carrier loops, file descriptors, port and memory", "warm-up",
        "Make the cache that lets Katydid start faster; takes a command line to train with", PLUGINS,
        "List the bundles and what they add; also: check FILE, install FILE, remove NAME [--now]", "init",
        "Write katydidfile.java, a test to start from; init plugin NAME: a plugin project in the folder NAME"));

    private Verbs() {}

    /** Does a verb that needs neither bundles nor a script. */
    static Optional<Integer> alone(String verb, Place place, List<String> rest) throws Exception {
        return switch (verb) {
            case "init" -> Optional.of(init(place, rest));
            case "doctor" -> Optional.of(Doctor.check(place));
            case "warm-up" -> Optional.of(WarmUp.train(place, rest));
            default -> Optional.empty();
        };
    }

    private static int init(Place place, List<String> rest) throws IOException {
        if (rest.isEmpty()) return StarterScript.write(place);
        if (rest.getFirst().equals(StarterPlugin.WORD)) return StarterPlugin.write(place, rest.subList(1, rest.size()));
        throw Refusal.usage("init knows nothing called '" + rest.getFirst() + "'." + Suggestions.didYouMean(rest.getFirst(),
            List.of(StarterPlugin.WORD)) + " Type katydid init for a script, or katydid init plugin NAME for a plugin.");
    }
}
