package io.katydid.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes and reads {@code %20} and its like. */
final class PercentEncoding {
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();
    private static final boolean[] IN_URL = marks("!#$%&'()*+,/:;=?@[]~-._");
    private static final boolean[] IN_FORM = marks("-._~");

    private PercentEncoding() {
    }

    private static boolean[] marks(String others) {
        var marks = new boolean[128];
        for (char c = 0; c < 128; c++)
            marks[c] = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || others.indexOf(c) >= 0;
        return marks;
    }

    /** Encodes only what cannot stand in an address; what is encoded already stays. */
    static String repair(String address) {
        return legal(address) ? address : encode(address, IN_URL, true);
    }

    private static boolean legal(String address) {
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c >= 128 || !IN_URL[c] || c == '%' && !encoded(address, i))
                return false;
        }
        return true;
    }

    private static boolean encoded(CharSequence text, int percent) {
        return percent + 2 < text.length() && isHex(text.charAt(percent + 1)) && isHex(text.charAt(percent + 2));
    }

    /** Knows the digits of ASCII only; Character.digit knows those of all scripts. */
    private static boolean isHex(char c) {
        return c >= '0' && c <= '9' || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
    }

    /** Encodes a name or value of a form or query as Python's quote_plus does. */
    static void form(StringBuilder to, String text) {
        encode(to, text, IN_FORM, false);
    }

    private static String encode(String text, boolean[] kept, boolean keepEncoded) {
        var to = new StringBuilder(text.length() + 16);
        encode(to, text, kept, keepEncoded);
        return to.toString();
    }

    private static void encode(StringBuilder to, String text, boolean[] kept, boolean inUrl) {
        for (int i = 0; i < text.length();) {
            int character = text.codePointAt(i);
            if (character < 128 && kept[character] && (character != '%' || encoded(text, i)))
                to.append((char) character);
            else
                if (character == ' ' && !inUrl)
                    to.append('+');
                else
                    hex(to, character);
            i += Character.charCount(character);
        }
    }

    private static void hex(StringBuilder to, int character) {
        for (byte each : Character.toString(character).getBytes(StandardCharsets.UTF_8))
            to.append('%').append(HEX[each >> 4 & 15]).append(HEX[each & 15]);
    }

    /** Decodes as UTF-8; what is no encoding stays. */
    static String decode(String text) {
        if (text.indexOf('%') < 0)
            return text;
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length();) {
            if (text.charAt(i) == '%' && encoded(text, i)) {
                bytes.write(Character.digit(text.charAt(i + 1), 16) << 4 | Character.digit(text.charAt(i + 2), 16));
                i += 3;
            } else {
                int character = text.codePointAt(i);
                bytes.writeBytes(Character.toString(character).getBytes(StandardCharsets.UTF_8));
                i += Character.charCount(character);
            }
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
