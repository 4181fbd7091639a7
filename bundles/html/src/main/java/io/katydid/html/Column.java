package io.katydid.html;

import java.util.Locale;

/**
 * Is one column of a table.
 *
 * @param label its heading
 * @param kind what it holds
 */
record Column(String label, Kind kind) {

    /** Says what a column holds; a narrow window has none of the minor figures. */
    enum Kind {
        TEXT, NUMBER, MINOR
    }

    static Column text(String label) { return new Column(label, Kind.TEXT); }

    static Column number(String label) { return new Column(label, Kind.NUMBER); }

    static Column minor(String label) { return new Column(label, Kind.MINOR); }

    String css() { return kind == Kind.MINOR ? "number minor" : kind.name().toLowerCase(Locale.ROOT); }
}
