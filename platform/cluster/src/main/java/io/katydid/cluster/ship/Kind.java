package io.katydid.cluster.ship;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Is what a shipped file is for. */
public enum Kind {
    /** Is compiled and run: {@code 0/Shop.java}, the number of the {@code -f} before its name. */
    SCRIPT,
    /** Is read by the script, under the same name below the working folder. */
    DATA,
    /** Is a jar that is loaded for this process. */
    PLUGIN;

    String word() { return name().toLowerCase(Locale.ROOT); }

    static Optional<Kind> of(String word) {
        return Arrays.stream(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }
}
