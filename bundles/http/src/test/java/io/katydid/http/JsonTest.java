package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    private static final String BODY = """
        {"data": {"items": [{"foo": 1}, {"foo": 2}], "a.b": "dotted", "": "empty"}, "text": "17", "yes": true, "no": "false", "nothing": null, "big": 1e40,
         "half": 0.5, "whole": 3.0}""";
    private final Json json = Json.parse(BODY);

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"data.items[0].foo|1", "data.items[-1].foo|2", "['data']['items'][1]['foo']|2",
        "data['a.b']|dotted",
        "data[\"a.b\"]|dotted", "data['']|empty", "text|17", "yes|true"}) void aPathLeadsToAValue(String path, String value) {
        assertThat(json.at(path).asString()).isEqualTo(value);
    }

    @Test void pathsMayBeWalkedInSteps() {
        assertThat(json.at("data").at("items").at("[1]").at("foo").asInt()).isEqualTo(2);
        assertThat(json.at("").at("text").asLong()).isEqualTo(17);
        var seen = new ArrayList<Integer>();
        json.at("data.items").each(item -> seen.add(item.at("foo").asInt()));
        assertThat(seen).containsExactly(1, 2);
        assertThat(json.at("data").keys()).containsExactly("items", "a.b", "");
        assertThat(json.at("data.items").size()).isEqualTo(2);
    }

    @Test void somethingMissingIsNoErrorBeforeItIsRead() {
        for (var path : List.of("none", "data.none.deeper", "data.items[2]", "data.items[-3]", "text.deeper", "text[0]", "data[0]", "[0]"))
            assertThat(json.at(path).isMissing()).as(path).isTrue();
        assertThat(json.at("nothing").isNull()).isTrue();
        assertThat(json.at("nothing").isMissing()).isFalse();
        assertThat(Json.parse("").isMissing()).isTrue();
    }

    @Test void valuesAreConvertedWhenNothingIsLost() {
        assertThat(json.at("text").asInt()).isEqualTo(17);
        assertThat(json.at("whole").asInt()).isEqualTo(3);
        assertThat(json.at("half").asDouble()).isEqualTo(0.5);
        assertThat(json.at("yes").asBoolean()).isTrue();
        assertThat(json.at("no").asBoolean()).isFalse();
        assertThat(json.at("big").asDouble()).isEqualTo(1e40);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"half|\"half\" is 0.5, not a whole number.", "big|not a whole number.",
        "yes|\"yes\" is true, not a whole number.",
        "data|not a whole number.", "nothing|\"nothing\" is null, not a whole number.",
        "data.none.x|\"data.none.x\" is missing."}) void aWrongKindIsShownWithItsPathAndTheBody(String path, String why) {
        assertThatThrownBy(() -> json.at(path).asInt()).isInstanceOf(JsonException.class).hasMessageContaining(why)
            .hasMessageContaining(" The body begins with: {\"data\": {\"items\"");
        assertThatThrownBy(() -> json.at(path).asInt()).satisfies(problem -> assertThat(problem.getMessage().length()).isLessThan(400));
    }

    @Test void everyKindSaysWhatItWanted() {
        assertThatThrownBy(() -> json.at("data").asString()).hasMessageContaining("not a text");
        assertThatThrownBy(() -> json.at("data").asDouble()).hasMessageContaining("not a number");
        assertThatThrownBy(() -> json.at("text").asBoolean()).hasMessageContaining("\"text\" is \"17\", not true or false");
        assertThatThrownBy(() -> json.at("text").each(_ -> {})).hasMessageContaining("not a list");
        assertThatThrownBy(() -> Json.parse("3000000000").asInt())
            .hasMessageContaining("The JSON document is 3000000000, not a whole number of 32 bits");
        assertThatThrownBy(() -> json.at("none").as(Map.class)).hasMessageContaining("\"none\" is missing");
        assertThatThrownBy(() -> Json.parse("1e999999999").asLong()).isInstanceOf(JsonException.class);
    }

    /** Is what the next test reads. */
    record Item(int foo) {}

    @Test void aValueBecomesARecord() {
        assertThat(Json.parse("{\"foo\": 5, \"more\": 1}").as(Item.class)).isEqualTo(new Item(5));
        assertThatThrownBy(() -> json.at("data.items").as(Item.class)).isInstanceOf(JsonException.class)
            .hasMessageStartingWith("\"data.items\" is not a Item: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>", "{\"a\": }", "[1, 2", "{} {}", "\"unclosed", "{'a': 1}", "nul", "01", "\u0000", "\"\\x\"",
        "NaN"}) void aBodyThatIsNoJsonIsShown(String body) {
        assertThatThrownBy(() -> Json.parse(body)).isInstanceOf(JsonException.class)
            .hasMessageMatching("(?s)The body is not JSON: .+\\. It begins with: \\Q" + body + "\\E");
    }

    @Test void nestingWithoutEndIsNoStackOverflow() {
        assertThatThrownBy(() -> Json.parse("[".repeat(1_000_000))).isInstanceOf(JsonException.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"a..b|there is no key at position 3", ".a|there is no key at position 1",
        "a.|there is no key at position 3",
        "a[1|the bracket at position 2 is not closed", "a['b|the bracket at position 2 is not closed",
        "a[x]|\"x\" is not a place in a list",
        "a[]|\"\" is not a place in a list", "a[1]b|there is no dot before position 5",
        "[9999999999]|\"9999999999\" is not a place in a list"}) void aPathThatCannotBeReadIsShown(String path, String why) {
        assertThatThrownBy(() -> json.at(path)).isInstanceOf(JsonException.class)
            .hasMessage("The path \"" + path + "\" cannot be read: " + why + ". Write data.items[0].foo, or ['a.b'] for a key with a dot.");
    }

    @Property(tries = 300) void everyLeafOfADocumentIsFoundByItsPath(@ForAll Random random) {
        var leaves = new LinkedHashMap<String, String>();
        var document = document(random, "", 0, leaves);
        var parsed = Json.parse(new String(Json.bytes(document)));
        leaves.forEach((path, value) -> assertThat(parsed.at(path).asString()).as(path).isEqualTo(value));
        assertThat(Json.parse(parsed.toString())).isEqualTo(parsed);
    }

    private static Object document(Random random, String path, int depth, Map<String, String> leaves) {
        int kind = depth == 0 ? 1 + random.nextInt(2) : depth > 4 ? 0 : random.nextInt(4);
        if (kind == 1) {
            var object = new LinkedHashMap<String, Object>();
            for (var key : List.of("a", "b.c", "d e", "f'g", "\u00fc", "[0]").subList(0, random.nextInt(7))) {
                var step = random.nextBoolean() && key.matches("[a-z\u00fc]") ? (path.isEmpty() ? key : "." + key)
                    : key.contains("'") ? "[\"" + key + "\"]" : "['" + key + "']";
                object.put(key, document(random, path + step, depth + 1, leaves));
            }
            return object;
        }
        if (kind == 2) {
            var list = new ArrayList<>();
            int size = random.nextInt(4);
            for (int i = 0; i < size; i++)
                list.add(document(random, path + "[" + (random.nextBoolean() ? i : i - size) + "]", depth + 1, leaves));
            return list;
        }
        Object leaf = random.nextBoolean() ? (Object) random.nextInt() : "text \"" + random.nextInt(100) + "\"\n";
        leaves.put(path, leaf.toString());
        return leaf;
    }

    @Test void anyPathIsReadOrRefused() {
        var random = new Random(42);
        for (int i = 0; i < 50_000; i++) {
            var path = new StringBuilder();
            for (int length = random.nextInt(10); length > 0; length--)
                path.append("ab.[]'\"-01".charAt(random.nextInt(10)));
            try {
                assertThat(json.at(path.toString())).isNotNull();
            } catch (JsonException refused) {
                assertThat(refused).hasMessageStartingWith("The path \"" + path + "\" cannot be read: ");
            }
        }
    }

    @Test void whatCannotBeWrittenIsNamed() {
        assertThatThrownBy(() -> Json.bytes(new Object() {
            @SuppressWarnings("unused") public Object getSelf() { return this; }
        })).isInstanceOf(JsonException.class).hasMessageContaining("Use a record, a map, a list, text or a number.");
    }
}
