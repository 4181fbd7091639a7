package io.katydid.html;

/** Draws the signs beside the colours: circle with check, triangle with exclamation mark, octagon with cross. */
enum Sign {
    GOOD("M12 3a9 9 0 1 0 0 18a9 9 0 0 0 0-18ZM8 12.5l2.7 2.7L16 9.5"),
    WARN("M12 3.5L22 20.5H2ZM12 10v4.5M12 17.3v.2"),
    BAD("M8.3 3h7.4L21 8.3v7.4L15.7 21H8.3L3 15.7V8.3ZM9 9l6 6M15 9l-6 6");

    private final String path;

    Sign(String path) {
        this.path = path;
    }

    void write(Html html) {
        html.open("svg", "class", "sign", "viewBox", "0 0 24 24", "width", "24", "height", "24", "aria-hidden", "true")
            .element("path", "", "d", path).close();
    }
}
