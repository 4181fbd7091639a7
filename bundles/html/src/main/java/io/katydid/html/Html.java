package io.katydid.html;

import java.util.ArrayDeque;
import java.util.function.Consumer;

/** Writes markup. Texts and attribute values are escaped here and nowhere else, so no text of a test can become markup. */
final class Html {
    private static final char UNKNOWN = '\uFFFD';
    private final StringBuilder out = new StringBuilder(1 << 14);
    private final ArrayDeque<String> open = new ArrayDeque<>();

    /** Opens an element; attributes are names and values in turn. */
    Html open(String tag, String... attributes) {
        open.push(tag);
        return start(tag, attributes);
    }

    Html close() {
        out.append("</").append(open.pop()).append('>');
        return this;
    }

    /** Writes an element that has no content and no end tag. */
    Html empty(String tag, String... attributes) {
        return start(tag, attributes);
    }

    /** Writes an element with a text. */
    Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close();
    }

    /** Writes an element with what {@code content} writes. */
    Html with(String tag, Consumer<Html> content, String... attributes) {
        open(tag, attributes);
        content.accept(this);
        return close();
    }

    Html text(String text) {
        escape(text);
        return this;
    }

    private Html start(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            out.append(' ').append(attributes[i]).append("=\"");
            escape(attributes[i + 1]);
            out.append('"');
        }
        out.append('>');
        return this;
    }

    private void escape(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> i = other(text, i, c);
            }
        }
    }

    private int other(String text, int at, char c) {
        if (Character.isHighSurrogate(c) && at + 1 < text.length() && Character.isLowSurrogate(text.charAt(at + 1))) {
            out.append(c).append(text.charAt(at + 1));
            return at + 1;
        }
        out.append(shown(c));
        return at;
    }

    /** Shows what HTML does not allow, or what cannot be seen, as a picture of it. */
    private static char shown(char c) {
        if (c == '\n' || c == '\t') return c;
        if (c < ' ') return (char) ('\u2400' + c);
        if (c == '\u007F') return '\u2421';
        boolean lost = Character.isSurrogate(c) || c >= '\u0080' && c < '\u00A0' || c >= '\uFFFE';
        return lost ? UNKNOWN : c;
    }

    @Override public String toString() {
        if (!open.isEmpty()) throw new IllegalStateException("These elements are still open: " + open);
        return out.toString();
    }
}
