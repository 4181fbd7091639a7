package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Encodes addresses and forms, and has the JDK read them back. */
class PercentEncodingTest {

    @Provide Arbitrary<String> texts() {
        var characters = Arbitraries.oneOf(Arbitraries.chars().ascii(), Arbitraries.of('&', '=', '%', '+', ' ', '#', '?', '/', ';'),
            Arbitraries.chars().range('\u00a1', '\u2fff'));
        return Arbitraries.oneOf(characters.list().ofMaxSize(20).map(PercentEncodingTest::join),
            Arbitraries.of("\ud83e\udd97", "%", "%2", "%zz"));
    }

    private static String join(List<Character> characters) {
        var text = new StringBuilder();
        characters.forEach(text::append);
        return text.toString();
    }

    @Property(tries = 1_000) void aFormIsReadBack(@ForAll("texts") String name, @ForAll("texts") String value) {
        var encoded = FormEncoding.encode(List.of(Map.entry(name, value), Map.entry("b", name)));
        assertThat(encoded).matches("[A-Za-z0-9%+._~&=-]*");
        var pairs = encoded.split("&");
        assertThat(pairs).hasSize(2);
        assertThat(URLDecoder.decode(pairs[0].substring(0, pairs[0].indexOf('=')), StandardCharsets.UTF_8)).isEqualTo(name);
        assertThat(URLDecoder.decode(pairs[0].substring(pairs[0].indexOf('=') + 1), StandardCharsets.UTF_8)).isEqualTo(value);
        assertThat(URLDecoder.decode(pairs[1].substring(2), StandardCharsets.UTF_8)).isEqualTo(name);
    }

    @Property(tries = 1_000) void aRepairedAddressIsLegalStaysAsItIsAndMeansTheSame(@ForAll("texts") String text) {
        var repaired = PercentEncoding.repair(text);
        assertThat(repaired).matches("([!#$&'()*+,/:;=?@\\[\\]~A-Za-z0-9._-]|%[0-9A-Fa-f]{2})*");
        assertThat(PercentEncoding.repair(repaired)).isSameAs(repaired);
        assertThat(PercentEncoding.decode(repaired)).isEqualTo(PercentEncoding.decode(text));
    }

    @Property(tries = 500) void aRepairedPathIsAUri(@ForAll("texts") String text) {
        var path = PercentEncoding.repair(text.replace("[", "").replace("]", "").replace("#", ""));
        assertThat(URI.create("http://host/" + path).getRawSchemeSpecificPart()).isEqualTo("//host/" + path);
    }

    @Test void formsAreThoseOfPython() {
        assertThat(FormEncoding.encode(List.of(Map.entry("a b", "x&y=z"), Map.entry("\u00fc", "~-._*"), Map.entry("e", ""))))
            .isEqualTo("a+b=x%26y%3Dz&%C3%BC=~-._%2A&e=");
    }

    @Test void valuesAreSpread() {
        assertThat(FormEncoding.pair("a", List.of(1, "b", 2.5))).containsExactly(Map.entry("a", "1"), Map.entry("a", "b"),
            Map.entry("a", "2.5"));
        assertThat(FormEncoding.pair("a", new int[]{1, 2})).containsExactly(Map.entry("a", "1"), Map.entry("a", "2"));
        assertThat(FormEncoding.pair("a", new long[]{3})).containsExactly(Map.entry("a", "3"));
        assertThat(FormEncoding.pair("a", new Object[]{"x", true})).containsExactly(Map.entry("a", "x"), Map.entry("a", "true"));
        assertThat(FormEncoding.pair("a", Optional.empty())).isEmpty();
        assertThat(FormEncoding.pair("a", Optional.of("x"))).containsExactly(Map.entry("a", "x"));
    }

    @Test void encodedCharactersStay() {
        assertThat(PercentEncoding.repair("/a b/%41%zz?q=\u00e9")).isEqualTo("/a%20b/%41%25zz?q=%C3%A9");
        assertThat(PercentEncoding.repair("%0\u1946")).as("a digit of another script").isEqualTo("%250%E1%A5%86");
        assertThat(PercentEncoding.decode("%41%zz%C3%A9+\u00e9")).isEqualTo("A%zz\u00e9+\u00e9");
    }
}
