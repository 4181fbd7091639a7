package io.katydid.http;

/** Shows bytes in an error's text. */
final class Excerpt {
    private static final int LONGEST = 80;

    private Excerpt() {
    }

    /** Returns at most 80 characters with what cannot be printed as {@code \r}, {@code \n} or {@code \xNN}. */
    static String of(byte[] bytes, int from, int to) {
        var text = new StringBuilder();
        for (int at = from; at < to; at++) {
            if (text.length() >= LONGEST)
                return text.append('…').toString();
            append(text, bytes[at] & 0xff);
        }
        return text.toString();
    }

    private static void append(StringBuilder text, int character) {
        switch (character) {
            case '\r' -> text.append("\\r");
            case '\n' -> text.append("\\n");
            default -> {
                if (character >= ' ' && character < 127)
                    text.append((char) character);
                else
                    text.append("\\x").append(Character.forDigit(character >> 4, 16)).append(Character.forDigit(character & 15, 16));
            }
        }
    }
}
