package io.katydid.feeders;

import java.util.Locale;

/** Is one way of giving rows out in which no row is anybody's twice. Two ways of one file do not disturb each other. */
enum Way {
    SEQUENTIAL, CIRCULAR, UNIQUE;

    static Way of(String word) { return valueOf(word.toUpperCase(Locale.ROOT)); }

    /** Gives the word that master and workers use. */
    String word() { return name().toLowerCase(Locale.ROOT); }
}
