package io.katydid.launcher;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word somebody meant. */
final class Suggestions {
    private Suggestions() {}

    /** Gives {@code  Did you mean 'x'?} with a leading blank, or nothing. */
    static String didYouMean(String word, Collection<String> known) {
        return nearest(word, known).map(near -> " Did you mean '" + near + "'?").orElse("");
    }

    static Optional<String> nearest(String word, Collection<String> known) {
        int limit = Math.max(1, word.length() / 3);
        return known.stream().filter(candidate -> distance(word, candidate) <= limit || word.length() > 4 && candidate.startsWith(word))
            .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate)).thenComparing(Comparator.naturalOrder()));
    }

    /** Counts the letters to add, drop, change or swap with a neighbour. */
    static int distance(String from, String to) {
        var table = new int[from.length() + 1][to.length() + 1];
        for (int i = 0; i <= from.length(); i++) table[i][0] = i;
        for (int j = 0; j <= to.length(); j++) table[0][j] = j;
        for (int i = 1; i <= from.length(); i++) {
            for (int j = 1; j <= to.length(); j++) table[i][j] = cell(table, from, to, i, j);
        }
        return table[from.length()][to.length()];
    }

    private static int cell(int[][] table, String from, String to, int i, int j) {
        int change = from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + change);
        boolean swapped = i > 1 && j > 1 && from.charAt(i - 1) == to.charAt(j - 2) && from.charAt(i - 2) == to.charAt(j - 1);
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
