package io.katydid.cluster.ship;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Refuses names of files that would lead somewhere else, that some file system cannot have, or that Katydid reads by itself. */
public final class Names {
    private static final Pattern STRANGE = Pattern.compile("[\\p{Cntrl}\\\\:*?\"<>|]");
    private static final Pattern DEVICE = Pattern.compile("(?i)(con|prn|aux|nul|com\\d|lpt\\d)(\\..*)?");
    private static final Pattern SCRIPT = Pattern.compile("\\d{1,4}/.*\\.java");
    private static final int PART_BYTES = 200;
    private static final int BYTES = 1_000;
    /** Are files of the working folder that a start reads: shipped ones would change the next start. */
    private static final Set<String> OURS = Set.of("katydid.conf", "katydid.toml", "locust.conf", "pyproject.toml", "katydidfile.java");

    private Names() {}

    /** Says why a file of this kind cannot have this name; empty when it can. */
    public static Optional<String> refusal(Kind kind, String name) {
        if (name.isEmpty()) return Optional.of("it has no name");
        if (name.length() > BYTES) return Optional.of("its name has more than " + BYTES + " characters");
        var strange = STRANGE.matcher(name);
        if (strange.find()) return Optional.of("its name has the character " + shown(strange.group()) + ", which some systems cannot have");
        for (var part : name.split("/", -1)) {
            var why = ofPart(part);
            if (why.isPresent()) return why;
        }
        return ofKind(kind, name).or(() -> unwritable(name));
    }

    private static Optional<String> ofPart(String part) {
        if (part.isEmpty()) return Optional.of("its name begins or ends with a slash, or has two of them");
        if (part.equals(".") || part.equals("..")) return Optional.of("its name leads out of the folder");
        if (part.startsWith(".")) return Optional.of("its name has a part that begins with a dot, as hidden files have");
        if (part.endsWith(".") || part.endsWith(" ")) return Optional.of("a part of its name ends with a dot or a blank");
        if (part.length() > PART_BYTES) return Optional.of("a part of its name has more than " + PART_BYTES + " characters");
        if (DEVICE.matcher(part).matches()) return Optional.of("'" + part + "' is a device on Windows");
        return Optional.empty();
    }

    private static Optional<String> ofKind(Kind kind, String name) {
        return switch (kind) {
            case SCRIPT -> SCRIPT.matcher(name).matches() ? Optional.empty() : Optional.of("a script is called such as 0/Shop.java");
            case PLUGIN -> name.indexOf('/') < 0 && name.endsWith(".jar") ? Optional.empty()
                : Optional.of("a plugin is called such as shop.jar");
            case DATA -> OURS.contains(name.toLowerCase(Locale.ROOT)) ? Optional.of("Katydid itself reads a file of this name")
                : Optional.empty();
        };
    }

    private static Optional<String> unwritable(String name) {
        try {
            return Path.of(name).isAbsolute() ? Optional.of("its name is absolute") : Optional.empty();
        } catch (InvalidPathException unwritable) {
            return Optional.of("this system cannot write its name");
        }
    }

    private static String shown(String character) {
        return character.charAt(0) < ' ' || character.charAt(0) == 127 ? "U+%04X".formatted((int) character.charAt(0)) : character;
    }

    /** Gives the same text for names that some file systems take for one: other case, other form of an accent. */
    static String folded(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    }

    /** Gives a name as messages show it, whoever sent it: short, and one line. */
    static String readable(String name) {
        var text = name.replaceAll("\\p{Cntrl}", "?");
        return text.length() > PART_BYTES ? text.substring(0, PART_BYTES) + "…" : text;
    }
}
