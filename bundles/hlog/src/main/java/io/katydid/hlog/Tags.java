package io.katydid.hlog;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Makes the tag of a name: {@code GET:/api/products}. What a log's line cannot hold is written as in a URL, {@code %20} for a blank. */
final class Tags {

    private Tags() {}

    static String of(String method, String name) { return encoded(method, ":") + ":" + encoded(name, ""); }

    private static String encoded(String text, String also) {
        var tag = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            if (point == ',' || point == '%' || point < 0x80 && also.indexOf(point) >= 0 || isBlank(point)) {
                for (byte octet : Character.toString(point).getBytes(StandardCharsets.UTF_8))
                    tag.append(String.format(Locale.ROOT, "%%%02X", octet));
            } else {
                tag.appendCodePoint(point);
            }
        });
        return tag.toString();
    }

    /** Tells whether a reader of lines or words might end one here. */
    private static boolean isBlank(int point) {
        return Character.isWhitespace(point) || Character.isSpaceChar(point) || Character.isISOControl(point)
            || Character.getType(point) == Character.SURROGATE;
    }
}
