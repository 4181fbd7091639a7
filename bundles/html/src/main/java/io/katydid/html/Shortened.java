package io.katydid.html;

/** Keeps long texts from filling the page: in place a piece of them, the rest on demand, and never more than {@link #MOST} characters. */
final class Shortened {
    static final int MOST = 1_000;
    private static final int IN_PLACE = 120;

    private Shortened() {}

    /** Writes a text; a long one as an element that opens. */
    static void write(Html html, String text) {
        if (text.length() <= IN_PLACE) {
            html.element("bdi", text);
            return;
        }
        html.open("details", "class", "long").with("summary", summary -> summary.element("bdi", inPlace(text)))
            .element("bdi", bounded(text)).close();
    }

    /** Gives beginning and end of a text, with an ellipsis between them. */
    static String inPlace(String text) {
        if (text.length() <= IN_PLACE) return text;
        return text.substring(0, IN_PLACE * 2 / 3) + "…" + text.substring(text.length() - IN_PLACE / 3);
    }

    static String bounded(String text) { return bounded(text, MOST); }

    static String bounded(String text, int most) {
        if (text.length() <= most) return text;
        return text.substring(0, most) + "… (" + Figures.count(text.length() - most) + " more characters)";
    }
}
