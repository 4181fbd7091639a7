package io.katydid.http;

import java.util.ArrayList;
import java.util.List;

/** Reads paths such as {@code data.items[0].foo} and {@code ['a.b']}. */
final class JsonPath {

    /** Is a step: a key, or a place in a list. */
    sealed interface Step {
        /** Names a field. */
        record Key(String key) implements Step {
        }

        /** Names a place in a list; negative ones count from its end. */
        record Place(int index) implements Step {
        }
    }

    private final String path;
    private int at;

    private JsonPath(String path) {
        this.path = path;
    }

    static List<Step> steps(String path) {
        return new JsonPath(path).read();
    }

    private List<Step> read() {
        var steps = new ArrayList<Step>();
        while (at < path.length()) {
            if (path.charAt(at) == '[')
                steps.add(bracket());
            else
                steps.add(key(!steps.isEmpty()));
        }
        return steps;
    }

    private Step key(boolean dotted) {
        if (dotted && path.charAt(at++) != '.')
            throw wrong("there is no dot before position " + at);
        int start = at;
        while (at < path.length() && path.charAt(at) != '.' && path.charAt(at) != '[')
            at++;
        if (at == start)
            throw wrong("there is no key at position " + (start + 1));
        return new Step.Key(path.substring(start, at));
    }

    private Step bracket() {
        char quote = at + 1 < path.length() ? path.charAt(at + 1) : ' ';
        boolean quoted = quote == '\'' || quote == '"';
        int end = path.indexOf(quoted ? quote + "]" : "]", at + (quoted ? 2 : 1));
        if (end < 0)
            throw wrong("the bracket at position " + (at + 1) + " is not closed");
        var inside = path.substring(at + (quoted ? 2 : 1), end);
        at = end + (quoted ? 2 : 1);
        if (quoted)
            return new Step.Key(inside);
        if (!inside.matches("-?\\d{1,9}"))
            throw wrong("\"" + inside + "\" is not a place in a list");
        return new Step.Place(Integer.parseInt(inside));
    }

    private JsonException wrong(String why) {
        return new JsonException(
            "The path \"" + path + "\" cannot be read: " + why + ". Write data.items[0].foo, or ['a.b'] for a key with a dot.", null);
    }
}
