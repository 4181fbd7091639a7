package io.katydid.host;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Finds the word somebody meant. */
final class Nearest {
    private static final int LONGEST = 64;

    private Nearest() {}

    /** Gives {@code . Did you mean "x"?}, or nothing. */
    static String hint(String word, Collection<String> known) {
        // Nobody meant a word of ours by a text this long, and comparing it would take its time.
        if (word.length() > LONGEST) return "";
        int limit = Math.max(1, word.length() / 3);
        return known.stream().filter(candidate -> candidate.length() <= LONGEST && distance(word, candidate) <= limit)
            .min(Comparator.<String>comparingInt(candidate -> distance(word, candidate)).thenComparing(Comparator.naturalOrder()))
            .map(near -> ". Did you mean \"" + near + "\"?").orElse("");
    }

    /** Counts the letters to add, drop, change or swap with a neighbour; case is for free. */
    private static int distance(String from, String to) {
        var a = from.toLowerCase(Locale.ROOT);
        var b = to.toLowerCase(Locale.ROOT);
        var table = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) table[i][0] = i;
        for (int j = 0; j <= b.length(); j++) table[0][j] = j;
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) table[i][j] = cell(table, a, b, i, j);
        }
        return table[a.length()][b.length()];
    }

    private static int cell(int[][] table, String a, String b, int i, int j) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        int best = Math.min(Math.min(table[i - 1][j], table[i][j - 1]) + 1, table[i - 1][j - 1] + change);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, table[i - 2][j - 2] + 1) : best;
    }
}
