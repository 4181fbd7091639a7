package io.katydid.cluster.report;

/** Writes a text as Python's {@code repr} does; the reference's keys are made of it. */
final class PythonText {

    private PythonText() {}

    static String repr(String text) {
        char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
        var repr = new StringBuilder(text.length() + 2).append(quote);
        text.codePoints().forEach(point -> append(repr, point, quote));
        return repr.append(quote).toString();
    }

    private static void append(StringBuilder repr, int point, char quote) {
        switch (point) {
            case '\\' -> repr.append("\\\\");
            case '\n' -> repr.append("\\n");
            case '\r' -> repr.append("\\r");
            case '\t' -> repr.append("\\t");
            default -> {
                if (point == quote) repr.append('\\').append(quote);
                else if (isPrintable(point)) repr.appendCodePoint(point);
                else if (point < 0x100) repr.append("\\x%02x".formatted(point));
                else if (point < 0x10000) repr.append("\\u%04x".formatted(point));
                else repr.append("\\U%08x".formatted(point));
            }
        }
    }

    /** Says what {@code str.isprintable} does: no control, format, surrogate, private or unassigned character, and no space but the one. */
    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT, Character.SURROGATE, Character.PRIVATE_USE, Character.UNASSIGNED,
                Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> point == ' ';
            default -> true;
        };
    }
}
