package io.katydid.http;

import static io.katydid.http.Arrival.latin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpHeadersTest {

    @Test void namesIgnoreCaseAndMayRepeat() {
        var headers = new HttpHeaders().add("Accept", "a").add("X", "1").add("accept", "b");
        assertThat(headers.get("ACCEPT")).contains("a, b");
        assertThat(headers.getAll("accept")).containsExactly("a", "b");
        assertThat(headers.getAll("none")).isEmpty();
        assertThat(headers.get("none")).isEmpty();
        assertThat(headers.asMap()).isEqualTo(Map.of("Accept", "a, b", "X", "1"));
        assertThat(headers.names()).containsExactly("Accept", "X");
        assertThat(headers.size()).isEqualTo(3);
        assertThat(new String(headers.lines())).isEqualTo("Accept: a\r\nX: 1\r\naccept: b\r\n");
    }

    @Test void settingReplacesAllAtThePlaceOfTheFirst() {
        var headers = new HttpHeaders().add("A", "1").add("B", "2").add("a", "3").set("A", "4");
        assertThat(new String(headers.lines())).isEqualTo("A: 4\r\nB: 2\r\n");
        assertThat(headers.remove("b").contains("B")).isFalse();
        headers.clear();
        assertThat(headers.isEmpty()).isTrue();
    }

    @Test void aChangeIsSeenByTheVersion() {
        var headers = new HttpHeaders();
        int before = headers.version();
        headers.set("A", "1");
        assertThat(headers.version()).isNotEqualTo(before);
    }

    @Test void thoseOfARequestStandInPlaceOfEqualNames() {
        var session = new HttpHeaders().set("A", "1").set("B", "2");
        var merged = session.with(new HttpHeaders().add("a", "3").add("A", "4"));
        assertThat(new String(merged.lines())).isEqualTo("B: 2\r\na: 3\r\na: 4\r\n");
        assertThat(session.get("A")).contains("1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "a\nb", "a\rb", "a\0b", "\u00e4", "a\tb"}) void aNameThatWouldBreakTheHeadIsRefused(
        String name) {
        assertThatThrownBy(() -> new HttpHeaders().set(name, "x")).isInstanceOf(KatydidException.class)
            .hasMessageEndingWith("cannot be the name of a header. Use letters, digits and hyphens.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"x\r\nEvil: y", "x\n", "\0"}) void aValueThatWouldBreakTheHeadIsRefused(String value) {
        assertThatThrownBy(() -> new HttpHeaders().add("Name", value)).isInstanceOf(KatydidException.class)
            .hasMessageStartingWith("The value of header Name has a line break: \"").hasMessageEndingWith("\". Take it out.");
    }

    @SuppressWarnings("NullAway") // Scripts are not checked for it.
    @Test void aValueThatIsNotThereIsSaid() {
        assertThatThrownBy(() -> new HttpHeaders().set("Authorization", null)).isInstanceOf(KatydidException.class)
            .hasMessage("The value of header Authorization is null. Give it a text, or leave the header out.");
    }

    @Test void thoseOfAResponseCannotBeChanged() {
        var headers = HttpHeaders.ofHead(latin("HTTP/1.1 200 OK\r\nA: b\r\n\r\n"));
        assertThatThrownBy(() -> headers.set("A", "c")).isInstanceOf(KatydidException.class)
            .hasMessage("The headers of a response cannot be changed. Change client.headers(), or use header(\u2026) on a request.");
        assertThat(headers.get("a")).contains("b");
    }
}
