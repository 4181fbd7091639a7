package io.katydid.http;

/** Compares and trims ASCII in byte arrays. */
final class Ascii {

    private Ascii() {
    }

    static boolean startsWith(byte[] bytes, int from, byte[] prefix) {
        for (int i = 0; i < prefix.length; i++) {
            if (bytes[from + i] != prefix[i])
                return false;
        }
        return true;
    }

    /** Compares with a word in small letters, whatever the case of the bytes. */
    static boolean same(byte[] bytes, int from, byte[] lower) {
        for (int i = 0; i < lower.length; i++) {
            int at = bytes[from + i];
            if ((at >= 'A' && at <= 'Z' ? at | 0x20 : at) != lower[i])
                return false;
        }
        return true;
    }

    /** Tells whether a text can be a method or the name of a header, by RFC 9110. */
    static boolean token(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c >= 127 || "\"(),/:;<=>?@[\\]{}".indexOf(c) >= 0)
                return false;
        }
        return !text.isEmpty();
    }

    static int skipBlanks(byte[] bytes, int from, int to) {
        int at = from;
        while (at < to && (bytes[at] == ' ' || bytes[at] == '\t'))
            at++;
        return at;
    }

    static int trimBlanks(byte[] bytes, int from, int to) {
        int at = to;
        while (at > from && (bytes[at - 1] == ' ' || bytes[at - 1] == '\t'))
            at--;
        return at;
    }
}
