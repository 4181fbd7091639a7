package io.katydid.parity;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * Says whether a row is expected of this product.
 *
 * @param kind  one of a closed list
 * @param words names the other work, or argues; empty for the kinds that need no words
 */
public record Standing(Kind kind, String words) {

    /** The closed list of standings. */
    public enum Kind {
        /** Expected now. */
        EXPECTED(true, false),
        /** Expected, and proven only when other work is there; it counts as not proven until then. */
        WAITS(true, true),
        /** Only Python or its green threads have it. */
        PYTHON(false, false),
        /** The reference itself has removed it. */
        REMOVED(false, false),
        /** Other work brings it, with its own proof. */
        ISSUE(false, true),
        /** Java cannot have it, with the reason. */
        IMPOSSIBLE(false, true);

        final boolean applicable;
        private final boolean needsWords;

        Kind(boolean applicable, boolean needsWords) {
            this.applicable = applicable;
            this.needsWords = needsWords;
        }

        private String form() { return name().toLowerCase(Locale.ROOT) + (needsWords ? ": words" : ""); }
    }

    static Standing parse(String text) {
        if (text.isEmpty()) return new Standing(Kind.EXPECTED, "");
        var colon = text.indexOf(':');
        var word = colon < 0 ? text : text.substring(0, colon);
        var words = colon < 0 ? "" : text.substring(colon + 1).strip();
        return Arrays.stream(Kind.values())
            .filter(kind -> kind != Kind.EXPECTED && kind.name().toLowerCase(Locale.ROOT).equals(word))
            .filter(kind -> kind.needsWords != words.isEmpty())
            .findFirst().map(kind -> new Standing(kind, words))
            .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no standing of a row. Write one of: " + forms() + "."));
    }

    private static String forms() {
        return Arrays.stream(Kind.values()).filter(kind -> kind != Kind.EXPECTED).map(Kind::form).collect(Collectors.joining(", "));
    }

    /** Gives the form it has in the table. */
    @Override public String toString() {
        if (kind == Kind.EXPECTED) return "";
        return kind.name().toLowerCase(Locale.ROOT) + (words.isEmpty() ? "" : ": " + words);
    }
}
