package io.katydid.launcher;

import java.util.Optional;

/** Knows which build this is. Touches nothing else: {@code --version} is quick. */
final class Version {
    private Version() {}

    /** Gives the number in the jar's manifest; {@code development} when there is no jar. */
    static String number() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion()).orElse("development");
    }

    /** Gives {@code katydid 1.2.3 from DIR (Java 25.0.1)}. */
    static String line(Place place) {
        var folder = place.install().orElse(place.folder());
        return "katydid " + number() + " from " + folder + " (Java " + System.getProperty("java.version") + ")";
    }
}
