package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.distribution.GoTemplate.Node;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds the renderer to what Go's text/template and Helm document. */
class GoRenderingTest {
    private static final Map<String, Object> VALUES = Map.of("name", "shop", "empty", "", "none", List.of(), "zero", 0.0, "users", 10.0,
        "many", 1_000_000.0,
        "rate", 0.5, "list", List.of("a", "b"), "deep", Map.of("key", "value"));

    private static String render(String template) {
        var defined = new HashMap<String, List<Node>>();
        var nodes = GoTemplate.parse("t", template, defined);
        return new GoRendering(defined, Map.of("Values", VALUES)).render(nodes);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', ignoreLeadingAndTrailingWhitespace = false, value = {
        "{{ .Values.name }}~shop", "a {{- .Values.name -}} b~ashopb", "a {{- /* c */ -}} b~ab", "a{{/* c */}}b~ab",
        "{{ if .Values.empty }}x{{ else }}y{{ end }}~y", "{{ if .Values.none }}x{{ end }}-~-",
        "{{ if .Values.zero }}x{{ else if .Values.name }}y{{ else }}z{{ end }}~y",
        "{{ if eq .Values.name \"shop\" }}x{{ end }}~x", "{{ if not .Values.name }}x{{ end }}-~-",
        "{{ with .Values.deep }}{{ .key }} {{ $.Values.name }}{{ end }}~value shop", "{{ with .Values.empty }}x{{ else }}y{{ end }}~y",
        "{{ range .Values.list }}<{{ . }}>{{ end }}~<a><b>", "{{ range $i, $v := .Values.list }}{{ $i }}{{ $v }}{{ end }}~0a1b",
        "{{ range $k, $v := .Values.deep }}{{ $k }}={{ $v }}{{ end }}~key=value", "{{ .Values.name | quote }}~\"shop\"",
        "{{ .Values.empty | default \"other\" }}~other", "{{ default \"other\" .Values.name }}~shop", "{{ .Values.users }}~10",
        "{{ .Values.many }}~1e+06",
        "{{ int .Values.many }}~1000000", "{{ .Values.rate }}~0.5", "{{ add .Values.users 30 }}~40", "{{ .Values.name | trunc 2 }}~sh",
        "{{ \"shop-\" | trimSuffix \"-\" }}~shop", "{{ printf \"%s-%d\" .Values.name (int .Values.users) }}~shop-10",
        "{{ printf \"%v/s\" .Values.rate }}~0.5/s"}) void rendersAsGoDoes(String template, String expected) {
        assertThat(render(template)).isEqualTo(expected);
    }

    @Test void indentsAndWritesYaml() {
        assertThat(render("a:{{ toYaml .Values.deep | nindent 2 }}")).isEqualTo("a:\n  key: value");
        assertThat(render("a:{{ toYaml .Values.list | nindent 2 }}")).isEqualTo("a:\n  - a\n  - b");
        assertThat(render("{{ toYaml .Values.users }}")).isEqualTo("10");
    }

    @Test void includesWhatIsDefined() {
        assertThat(render("{{ define \"t\" }}<{{ .key }}{{ if $ }}!{{ end }}>{{ end }}{{ include \"t\" .Values.deep | nindent 1 }}"))
            .isEqualTo("\n <value!>");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"{{ .Values.missing }}|There is no value to print",
        "{{ .Values.missing.more }}|'more' of nothing",
        "{{ .Values.list }}|Only texts and numbers are printed", "{{ lookup .Values.name }}|The function 'lookup' is not known.",
        "{{ if .Values.name }}|t: an 'end' is missing.",
        "{{ end }}|t: 'end' belongs to nothing.", "{{ printf \"%s\" .Values.users }}|'%s' does not fit 10.0",
        "{{ printf \"%d\" .Values.users }}|'%d' does not fit 10.0",
        "{{ include \"no\" . }}|'no' is not defined.", "{{ fail \"why\" }}|why"}) void saysWhatIsWrong(String template, String message) {
        assertThatThrownBy(() -> render(template)).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(message);
    }
}
