package io.katydid.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Computes the contrast of the style sheet's colours, in both themes. */
class StyleTest {
    private static final Pattern TOKEN = Pattern.compile("--([\\w-]+): light-dark\\((#[0-9a-f]{6}), (#[0-9a-f]{6})\\);");

    @ParameterizedTest
    @ValueSource(ints = {2, 3}) void textAndLinesAreSeen(int theme) {
        var colours = new HashMap<String, String>();
        TOKEN.matcher(Template.resource("report.css")).results().forEach(token -> colours.put(token.group(1), token.group(theme)));
        assertThat(colours).hasSize(22);
        for (var text : List.of("text", "text-2", "text-3", "good", "warn", "bad", "accent"))
            assertThat(contrast(colours, text, "surface")).as(text).isGreaterThanOrEqualTo(4.5);
        for (var text : List.of("text", "text-2")) {
            for (var soft : List.of("good-soft", "warn-soft", "bad-soft", "inset"))
                assertThat(contrast(colours, text, soft)).as(text + " on " + soft).isGreaterThanOrEqualTo(4.5);
        }
        for (var sign : List.of("good", "warn", "bad"))
            assertThat(contrast(colours, sign, sign + "-soft")).as(sign).isGreaterThanOrEqualTo(4.5);
        for (var line : List.of("thr", "fail", "users", "l1", "l2", "l3", "l4"))
            assertThat(contrast(colours, line, "surface")).as(line).isGreaterThanOrEqualTo(3);
    }

    private static double contrast(Map<String, String> colours, String one, String other) {
        double a = luminance(colours.get(one));
        double b = luminance(colours.get(other));
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    private static double luminance(String colour) {
        int rgb = Integer.parseInt(colour.substring(1), 16);
        return 0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
