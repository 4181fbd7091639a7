package io.katydid.host;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Reads panels that nobody wrote: whatever the bytes, there are panels or there are problems in one line each, and never an exception. */
class PanelsFuzzTest {

    @Property(tries = 1000) void anyBytes(@ForAll byte[] bytes) {
        check(new PanelJson(bytes).read());
    }

    @Property(tries = 2000) void aSoundFileWithSomeBytesChanged(@ForAll Random random) {
        var bytes = PanelJson.SOUND.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i >= 0; i--) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        check(new PanelJson(bytes).read());
    }

    @Property(tries = 2000) void anyValueInAnyField(@ForAll("fields") String field, @ForAll("values") String value,
        @ForAll("slots") String slot) {
        check(PanelJson.of("\"slot\": \"" + slot + "\", \"x\": 1, \"" + field + "\": " + value).read());
    }

    private static void check(Panels panels) {
        assertThat(panels.all().isEmpty()).as("panels or problems: %s", panels).isEqualTo(!panels.problems().isEmpty());
        assertThat(panels.problems()).allSatisfy(
            problem -> assertThat(problem).startsWith("panel.json: ").hasLineCount(1).doesNotContain("Exception").hasSizeLessThan(500));
    }

    @Provide Arbitrary<String> fields() { return Arbitraries.of(PanelWords.FIELDS); }

    @Provide Arbitrary<String> slots() { return Arbitraries.of(PanelWords.SLOTS); }

    @Provide Arbitrary<String> values() {
        var words = Arbitraries.of("null", "true", "-0", "1e999", "123456789012345678901234567890", "\"\"", "\"en\"", "\"{locale}\"",
            "\"/\"",
            "\"..\"", "\"{run}\"", "\"\\u0000\"", "\"\\ud800\"", "\"index.js\"", "\"i18n/{locale}{locale}.json\"", "{}", "[]",
            "{\"en\": null}",
            "{\"\": \"\"}", "[[[[]]]]", "[null]");
        var texts = Arbitraries.strings().ofMaxLength(200).map(text -> tools.jackson.databind.node.StringNode.valueOf(text).toString());
        return Arbitraries
            .oneOf(List.of(words, texts, texts.map(text -> "[" + text + "]"), texts.map(text -> "{" + text + ": " + text + "}")));
    }
}
