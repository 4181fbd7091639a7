package io.katydid.terminal;

/**
 * Is what is known of the terminal.
 *
 * @param columns its width
 * @param colour whether colour is wanted
 */
record Screen(int columns, boolean colour) {
    private static final int DEFAULT = 160;
    private static final String RED = "\u001B[31m";
    private static final String PLAIN = "\u001B[0m";
    /** Below this the reference's tables would wrap. */
    private static final int WIDE = 124;

    static Screen detect() {
        var columns = System.getenv("COLUMNS");
        boolean terminal = System.console() != null && System.console().isTerminal();
        boolean colour = terminal && System.getenv("NO_COLOR") == null;
        return new Screen(columns != null && columns.matches("\\d{2,4}") ? Math.max(60, Integer.parseInt(columns)) : DEFAULT, colour);
    }

    boolean wide() { return columns >= WIDE; }

    String bad(String line) { return colour ? RED + line + PLAIN : line; }

    static String fit(String text, int width) {
        if (text.length() <= width) return text;
        return width <= 1 ? text.substring(0, Math.max(0, width)) : text.substring(0, width - 1) + "…";
    }
}
