package io.katydid.terminal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Is what is known of the terminal.
 *
 * @param columns its width
 * @param colour whether colour is wanted
 */
record Screen(int columns, boolean colour) {
    private static final int DEFAULT = 160;
    private static final int NARROW = 80;
    private static final int LEAST = 80;
    private static final String RED = "\u001B[31m";
    private static final String PLAIN = "\u001B[0m";
    /** Below this the reference's tables would wrap. */
    private static final int WIDE = 124;

    static Screen detect() {
        var columns = System.getenv("COLUMNS");
        boolean terminal = isTerminal();
        boolean colour = terminal && System.getenv().getOrDefault("NO_COLOR", "").isEmpty() && !"dumb".equals(System.getenv("TERM"));
        if (columns != null && columns.matches("\\d{2,4}")) return new Screen(Math.max(LEAST, Integer.parseInt(columns)), colour);
        return new Screen(terminal ? Math.max(LEAST, ask()) : DEFAULT, colour);
    }

    /** Asks about standard error, where the tables go: the JDK's console looks at the other two streams. */
    private static boolean isTerminal() {
        try {
            return Files.readSymbolicLink(Path.of("/proc/self/fd/2")).toString().matches("/dev/(pts/.*|tty.*|console)");
        } catch (IOException notLinux) {
            var console = System.console();
            return console != null && console.isTerminal();
        }
    }

    /** Asks the terminal itself; a shell does not always tell its children. */
    private static int ask() {
        try {
            var stty = new ProcessBuilder("sh", "-c", "stty size < /dev/tty").redirectErrorStream(true).start();
            var answer = new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip().split(" ");
            return answer.length == 2 && answer[1].matches("\\d{2,4}") ? Integer.parseInt(answer[1]) : NARROW;
        } catch (IOException noShell) {
            return NARROW;
        }
    }

    boolean wide() { return columns >= WIDE; }

    String bad(String line) { return colour ? RED + line + PLAIN : line; }

    static String fit(String text, int width) {
        if (text.length() <= width) return text;
        return width <= 1 ? text.substring(0, Math.max(0, width)) : text.substring(0, width - 1) + "…";
    }
}
