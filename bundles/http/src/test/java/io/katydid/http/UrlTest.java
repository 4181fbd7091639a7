package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UrlTest {

    @ParameterizedTest
    @CsvSource({"http://host,http://host/,/,host,80", "HTTP://Host:80/,http://host/,/,host,80", "https://host,https://host/,/,host,443",
        "https://host:443/x?y=z#f,https://host/x?y=z#f,/x?y=z,host,443", "http://host:8080,http://host:8080/,/,host:8080,8080",
        "http://host:/a,http://host/a,/a,host,80", "http://host?q,http://host/?q,/?q,host,80", "http://host#f,http://host/#f,/,host,80",
        "http://[::1]:9/a,http://[::1]:9/a,/a,[::1]:9,9", "http://[2001:DB8::1],http://[2001:db8::1]/,/,[2001:db8::1],80",
        "http://user:p%40ss@host/a,http://host/a,/a,host,80", "http://h/a/../b/./c/..,http://h/b/,/b/,h,80",
        "http://h/../..,http://h/,/,h,80",
        "http://h/a%2e/b c?d=e f,http://h/a%2e/b%20c?d=e%20f,/a%2e/b%20c?d=e%20f,h,80",
        "http://b\u00fccher.example/,http://xn--bcher-kva.example/,/,xn--bcher-kva.example,80",
        "http://h\\evil,http://h/%5Cevil,/%5Cevil,h,80", "'  http://h/x  ',http://h/x,/x,h,80",
        "http://h/?a=/../b,http://h/?a=/../b,/?a=/../b,h,80",
        "http://h/.well-known/x,http://h/.well-known/x,/.well-known/x,h,80"}) void anAddressIsTakenApart(String address, String text,
            String target, String authority, int port) {
        var url = Url.parse(address);
        assertThat(url.text()).isEqualTo(text);
        assertThat(url.target()).isEqualTo(target);
        assertThat(new String(url.targetBytes())).isEqualTo(target);
        assertThat(url.authority()).isEqualTo(authority);
        assertThat(new String(url.hostLine())).isEqualTo("Host: " + authority + "\r\n");
        assertThat(url.port()).isEqualTo(port);
        assertThat(Url.parse(url.text()).text()).as("read again").isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"host/path|it does not begin with http:// or https://. Perhaps you meant http://host/path?",
        "ftp://host|it does not begin with http://", "http://|no host supplied. Write http://host/path.", "http:///path|no host supplied.",
        "http://host:x/|\"x\" is not a port. Use 1 to 65535.", "http://host:70000|\"70000\" is not a port.",
        "http://host:0/|\"0\" is not a port.",
        "http://host:-1|\"-1\" is not a port.", "http://[::1|\"[::1\" is not an IPv6 address.",
        "http://[host]/|\"[host]\" is not an IPv6 address.",
        "http://ho st/|\"ho st\" is not a host name.", "http://*.example|\"*.example\" is not a host name.",
        "http://.x/|\".x\" is not a host name.",
        "http://a%41/|\"a%41\" is not a host name.",
        "http://\u00fc..x/|has an invalid label."}) void anAddressThatIsNoneIsShownWithTheReason(String address, String why) {
        assertThatThrownBy(() -> Url.parse(address)).isInstanceOf(InvalidURL.class)
            .hasMessageStartingWith("Invalid URL \"" + address + "\": ")
            .hasMessageContaining(why);
    }

    @ParameterizedTest
    @CsvSource({"http://h,/x,http://h/x", "http://h/,/x,http://h/x", "http://h/api,x,http://h/api/x", "http://h/api/,x,http://h/api/x",
        "http://h/api,/x,http://h/api/x", "http://h,?q=1,http://h/?q=1", "http://h/api,'',http://h/api",
        "http://h,https://other/y,https://other/y",
        "http://h,users,http://h/users"}) void aPathStandsBehindTheBaseWithOneSlash(String base, String address, String text) {
        assertThat(Url.of(base, address).text()).isEqualTo(text);
    }

    @Test void aPathWithoutABaseIsRefused() {
        assertThatThrownBy(() -> Url.of("", "/x")).isInstanceOf(InvalidURL.class)
            .hasMessage("Invalid URL \"/x\": it has no host, and there is no base host to put before it. Use @Host, host() or --host.");
    }

    /** The examples of RFC 3986 §5.4 that have an http base, but for those that only concern a fragment alone. */
    @ParameterizedTest
    @CsvSource({"g,/b/c/g", "./g,/b/c/g", "g/,/b/c/g/", "/g,/g", "?y,/b/c/d;p?y", "g?y,/b/c/g?y", ";x,/b/c/;x", "g;x,/b/c/g;x", ".,/b/c/",
        "./,/b/c/",
        "..,/b/", "../,/b/", "../g,/b/g", "../..,/", "../../g,/g", "../../../g,/g", "/./g,/g", "/../g,/g", "g.,/b/c/g.", ".g,/b/c/.g",
        "./../g,/b/g",
        "./g/.,/b/c/g/", "g/./h,/b/c/g/h", "g/../h,/b/c/h", "g?y/../x,/b/c/g?y/../x",
        "'',/b/c/d;p?q"}) void aRedirectIsResolvedAsTheStandardSays(String location, String target) {
        assertThat(Url.parse("http://a/b/c/d;p?q").resolve(location).text()).isEqualTo("http://a" + target);
    }

    @Test void aRedirectMayNameAnotherHostAndKeepsTheFragment() {
        var from = Url.parse("https://a/b#part");
        assertThat(from.resolve("//c/d").text()).isEqualTo("https://c/d#part");
        assertThat(from.resolve("http://c/d#other").text()).isEqualTo("http://c/d#other");
        assertThat(from.resolve("/a b/\u00e9").text()).isEqualTo("https://a/a%20b/%C3%A9#part");
    }

    @Test void aRedirectInRawUtf8IsUnderstood() {
        assertThat(Url.parse("http://a/").resolve("/caf\u00c3\u00a9").target()).isEqualTo("/caf%C3%A9");
        assertThat(Url.parse("http://a/").resolve("/caf\u00e9").target()).isEqualTo("/caf%C3%A9");
    }

    @ParameterizedTest
    @CsvSource({"mailto:a@b", "ftp://h/x", "javascript:alert(1)", "http:/x"}) void aRedirectToAnotherSchemeIsRefused(String location) {
        assertThatThrownBy(() -> Url.parse("http://a/b").resolve(location)).isInstanceOf(InvalidURL.class)
            .hasMessage("Invalid URL \"" + location + "\" in a redirect from http://a/b: only http and https can be followed.");
    }

    @Test void parametersStandBehindTheQuery() {
        var params = List.of(Map.entry("q", "a b"), Map.entry("r", "&"));
        assertThat(Url.parse("http://h").with(params).target()).isEqualTo("/?q=a+b&r=%26");
        assertThat(Url.parse("http://h/x?y=z#f").with(params).text()).isEqualTo("http://h/x?y=z&q=a+b&r=%26#f");
        assertThat(Url.parse("http://h/x?").with(params).target()).isEqualTo("/x?q=a+b&r=%26");
        var url = Url.parse("http://h/x");
        assertThat(url.with(List.of())).isSameAs(url);
    }

    @Test void userAndPasswordAreDecodedAndNeverShown() {
        var url = Url.parse("http://us%65r:p%40ss:w@host/");
        assertThat(url.credentials()).contains(new Credentials("user", "p@ss:w"));
        assertThat(url.toString() + url.credentials().get()).doesNotContain("p@ss");
    }

    @ParameterizedTest
    @CsvSource({"http://a/,http://a/x,true", "http://a/,https://a/,true", "http://a/,https://a:8443/,false", "https://a/,http://a/,false",
        "http://a/,http://b/,false", "http://a:1/,http://a:2/,false"}) void credentialsGoOnlyToTheSameServer(String from, String to,
            boolean share) {
        assertThat(Url.parse(from).mayShareCredentials(Url.parse(to))).isEqualTo(share);
    }

    @Provide Arbitrary<String> paths() {
        return Arbitraries.strings().withCharRange('a', 'e').withChars("/.?%&= \u00e9\u4e2d[]|\"<>{}").ofMaxLength(25);
    }

    @Property(tries = 1_000) void anyPathIsATargetThatCannotBreakTheRequestLine(@ForAll("paths") String path) {
        var url = Url.of("http://host", path);
        assertThat(url.target()).matches("/[!-~]*").doesNotContain("#");
        assertThat(Url.parse(url.text()).text()).isEqualTo(url.text());
        assertThat(url.path()).doesNotContain("/../").doesNotContain("/./").doesNotEndWith("/..").doesNotEndWith("/.");
    }

    @Property(tries = 1_000) void anyRedirectIsAnAddressOrRefused(@ForAll("paths") String location) {
        try {
            assertThat(Url.parse("http://host/a/b?c").resolve(location).target()).matches("/[!-~]*");
        } catch (InvalidURL refused) {
            assertThat(refused).hasMessageStartingWith("Invalid URL ");
        }
    }

    @Property(tries = 500) void resolvingIsThatOfTheJdkForPlainPaths(@ForAll Random random) {
        var segments = List.of("a", "b", "..", ".", "c;d", "");
        var location = new StringBuilder("x");
        for (int i = random.nextInt(6); i > 0; i--)
            location.append('/').append(segments.get(random.nextInt(5)));
        var expected = URI.create("http://h/p/q/r").resolve(location.toString()).normalize().getRawPath();
        assertThat(Url.parse("http://h/p/q/r").resolve(location.toString()).path().replaceAll("/$", ""))
            .isEqualTo(expected.replaceAll("^(/\\.\\.)+", "").replaceAll("/$", ""));
    }

    @Test void anyTextIsAnAddressOrRefused() {
        var random = new Random(42);
        var words = List.of("http://", "https://", "host", ":", "80", "/", "@", "[", "]", "::1", "?", "#", "%", "%2", "..", "\\", " ",
            "\u00fc", "\0", "\n",
            "xn--", "\u3002", "\ud800", "\u00df", "\u200d", "\u0660", "\u202e", "\ud83e\udd97", "-", ".", "//");
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            var text = new StringBuilder(random.nextInt(4) > 0 ? "http://" : "");
            for (int word = random.nextInt(8); word > 0; word--)
                text.append(words.get(random.nextInt(words.size())));
            try {
                var url = Url.parse(text.toString());
                assertThat(url.target()).matches("/[!-~]*");
                assertThat(new String(url.hostLine())).matches("Host: [!-~]+\r\n");
            } catch (InvalidURL expected) {
                refused++;
            }
        }
        assertThat(refused).isBetween(10_000, 49_000);
    }
}
