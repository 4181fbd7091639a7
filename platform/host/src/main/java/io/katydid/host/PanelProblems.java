package io.katydid.host;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Collects what is wrong with a bundle's panels, so that its author reads all of it at once. A problem has no full stop at its end. */
final class PanelProblems {
    private static final int LONGEST_VALUE = 60;
    private final String file;
    private final List<String> all = new ArrayList<>();

    /** @param file the file the problems are in */
    PanelProblems(String file) {
        this.file = file;
    }

    /** Adds a value that is wrong, with what to do. */
    void add(String path, JsonNode value, String advice) {
        say(path + " is " + shown(value) + ". " + advice);
    }

    /** Adds a word that is none of those known. */
    void addUnknown(String path, JsonNode value, Collection<String> known) {
        var hint = value.isString() ? Nearest.hint(value.stringValue(), known) : "";
        add(path, value, "Use one of " + String.join(", ", known) + hint);
    }

    /** Adds a value that must be there, with what to do. */
    void addMissing(String path, String advice) {
        say(path + " is missing. " + advice);
    }

    /** Adds a field that is none of those known. */
    void addField(String path, String name, Collection<String> known) {
        say((path.isEmpty() ? "the file" : path) + " has the field " + shown(StringNode.valueOf(name))
            + ", which nobody reads. Use " + String.join(", ", known) + Nearest.hint(name, known));
    }

    void say(String problem) {
        all.add(file + ": " + problem);
    }

    List<String> all() { return List.copyOf(all); }

    static String shown(JsonNode value) {
        var json = value.toString();
        return json.length() <= LONGEST_VALUE ? json : json.substring(0, LONGEST_VALUE) + "…";
    }
}
