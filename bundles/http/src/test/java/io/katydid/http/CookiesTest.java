package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Receives and sends cookies by RFC 6265; the time is the test's own. */
class CookiesTest {
    private final Cookies cookies = new Cookies();
    private Instant now = Instant.parse("2026-11-23T12:00:00Z");

    private Cookies receive(String url, String... lines) {
        var pairs = new ArrayList<String>();
        for (var line : lines) {
            pairs.add("Set-Cookie");
            pairs.add(line);
        }
        cookies.receive(HttpHeaders.ofPairs(pairs), Url.parse(url), () -> now);
        return cookies;
    }

    private String sent(String url) {
        var header = cookies.header(Url.parse(url), () -> now);
        return header == null ? "" : header;
    }

    @Test void aCookieGoesBackToItsHostAlone() {
        receive("http://shop.example/", "sid=42");
        assertThat(sent("http://shop.example/any/path")).isEqualTo("sid=42");
        assertThat(sent("http://shop.example:8080/")).as("the port does not matter").isEqualTo("sid=42");
        assertThat(sent("http://www.shop.example/")).isEmpty();
        assertThat(sent("http://example/")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"shop.example,shop.example,true", "shop.example,www.shop.example,true", "shop.example,a.b.shop.example,true",
        ".Shop.Example,www.shop.example,true", "shop.example,badshop.example,false", "shop.example,example,false",
        "www.shop.example,shop.example,false"}) void aDomainIsThatHostAndThoseBelow(String domain, String host, boolean goes) {
        receive("http://" + (domain.startsWith(".") ? domain.substring(1) : domain) + "/", "a=b; Domain=" + domain);
        assertThat(sent("http://" + host + "/")).isEqualTo(goes ? "a=b" : "");
    }

    @ParameterizedTest
    @CsvSource({"http://shop.example/,other.example", "http://shop.example/,www.shop.example", "http://shop.example/,example",
        "http://127.0.0.1/,0.0.1", "http://[::1]/,1", "http://shop.example/,hop.example"}) void aServerSetsNoCookiesOfOthers(String url,
            String domain) {
        assertThat(receive(url, "a=b; Domain=" + domain).isEmpty()).isTrue();
    }

    @Test void anEmptyDomainIsNone() {
        receive("http://shop.example/", "a=b; Domain=", "c=d; Domain=shop.example; Domain=");
        assertThat(sent("http://www.shop.example/")).isEqualTo("c=d");
        assertThat(sent("http://shop.example/")).isEqualTo("a=b; c=d");
    }

    @Test void anAddressAsDomainIsThatAddress() {
        receive("http://127.0.0.1/", "a=b; Domain=127.0.0.1");
        assertThat(sent("http://127.0.0.1/")).isEqualTo("a=b");
        assertThat(sent("http://1.127.0.0.1/")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"/a,/a,true", "/a,/a/,true", "/a,/a/b,true", "/a,/ab,false", "/a,/,false", "/a/,/a/b,true", "/a/,/a,false", "/,/x,true",
        "/a,/a?q=/x,true", "b,/docs/x,true", "b,/x,false", "'',/docs/x,true"}) void aPathIsThatPathAndThoseBelow(String path, String target,
            boolean goes) {
        receive("http://h/docs/page", "a=b; Path=" + path);
        assertThat(sent("http://h" + target)).isEqualTo(goes ? "a=b" : "");
    }

    @ParameterizedTest
    @CsvSource({"/,/", "/a,/", "/a/,/a", "/a/b,/a", "/a/b/c?d=/e,/a/b"}) void thePathIsTheFolderOfThePageWhenNoneIsGiven(String page,
        String path) {
        receive("http://h" + page, "a=b");
        assertThat(cookies.all()).singleElement().satisfies(cookie -> assertThat(cookie.path()).isEqualTo(path));
    }

    @Test void aSecureCookieGoesOverTlsOrToThisMachineOnly() {
        receive("https://h/", "a=b; Secure; HttpOnly");
        receive("http://127.0.0.1/", "c=d; secure");
        assertThat(cookies.all().getFirst().httpOnly()).isTrue();
        assertThat(sent("https://h/")).isEqualTo("a=b");
        assertThat(sent("http://h/")).isEmpty();
        assertThat(sent("http://127.0.0.1/")).isEqualTo("c=d");
    }

    @Test void maxAgeCountsBeforeExpires() {
        receive("http://h/", "a=b; Max-Age=60; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "c=d; max-age=99999999999999999999",
            "e=f; Max-Age=x");
        assertThat(sent("http://h/")).isEqualTo("a=b; c=d; e=f");
        now = now.plusSeconds(59);
        assertThat(sent("http://h/")).isEqualTo("a=b; c=d; e=f");
        now = now.plusSeconds(1);
        assertThat(sent("http://h/")).isEqualTo("c=d; e=f");
        assertThat(cookies.all()).as("an expired cookie is gone").hasSize(2);
        now = Instant.parse("2126-01-01T00:00:00Z");
        assertThat(sent("http://h/")).isEqualTo("c=d; e=f");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Max-Age=0", "Max-Age=-1", "Max-Age=-99999999999999999999", "Max-Age=000",
        "Expires=Thu, 01 Jan 1970 00:00:00 GMT",
        "Expires=Sun, 22-Nov-2026 12:00:00 GMT"}) void anExpiredCookieTakesTheOneBeforeAway(String end) {
        receive("http://h/", "a=b", "a=c; Path=/x", "a=; " + end);
        assertThat(sent("http://h/x")).isEqualTo("a=c");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Sun, 06 Nov 1994 08:49:37 GMT|1994-11-06T08:49:37Z",
        "Sunday, 06-Nov-94 08:49:37 GMT|1994-11-06T08:49:37Z",
        "Sun Nov  6 08:49:37 1994|1994-11-06T08:49:37Z", "Wed, 09-Jun-2049 10:18:14 GMT|2049-06-09T10:18:14Z",
        "1 jan 69 0:0:0|2069-01-01T00:00:00Z",
        "1 JANUARY 70 0:0:0|1970-01-01T00:00:00Z", "00:00:00 31 Dec 9999|9999-12-31T00:00:00Z"}) void datesOfAllFormsAreRead(String text,
            String instant) {
        assertThat(CookieRules.date(text)).contains(Instant.parse(instant));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "tomorrow", "31 Feb 2026 00:00:00", "1 Jan 1600 00:00:00", "1 Jan 2026", "1 Jan 2026 25:00:00",
        "1 Xan 2026 00:00:00",
        "32 Jan 2026 00:00:00", "1 Jan 2026 00:60:00"}) void datesThatAreNoneAreIgnored(String text) {
        assertThat(CookieRules.date(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ";", "novalue", "=b", " = b", "; a=b"}) void linesThatAreNoCookieAreIgnored(String line) {
        assertThat(receive("http://h/", line).isEmpty()).isTrue();
    }

    @Test void valuesStayAsTheServerWroteThem() {
        receive("http://h/", "a=\"x y\"", "b = c=d ; Path=/", "e=", "f=g; Unknown=1; Path");
        assertThat(sent("http://h/")).isEqualTo("a=\"x y\"; b=c=d; e=; f=g");
        assertThat(cookies.get("b")).contains("c=d");
    }

    @Test void theSameNameDomainAndPathIsTheSameCookieAtItsPlace() {
        receive("http://h/", "a=1", "b=2", "a=3");
        assertThat(sent("http://h/")).isEqualTo("a=3; b=2");
    }

    @Test void longerPathsGoFirst() {
        receive("http://h/x/y/z", "a=1; Path=/", "b=2; Path=/x/y", "c=3; Path=/x", "d=4; Path=/");
        assertThat(sent("http://h/x/y/z")).isEqualTo("b=2; c=3; a=1; d=4");
    }

    @Test void theScriptsOwnGoEverywhereAndThoseOfARequestWin() {
        cookies.set("own", "1").set(Map.of("two", "2")).set("far", "3", "other.example", "/x");
        assertThat(sent("http://h/")).isEqualTo("own=1; two=2");
        assertThat(sent("http://www.other.example/x")).isEqualTo("far=3; own=1; two=2");
        assertThat(cookies.header(Url.parse("http://h/"), Map.of("own", "9"), () -> now)).isEqualTo("two=2; own=9");
        assertThat(cookies.remove("own").get("own")).isEmpty();
        cookies.clear();
        assertThat(sent("http://h/")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"'',x", "a,'x;y'", "a,'x\ny'", "'a\r',x"}) void aValueThatWouldBreakTheHeaderIsRefused(String name, String value) {
        assertThatThrownBy(() -> cookies.set(name, value)).isInstanceOf(KatydidException.class)
            .hasMessageEndingWith("has no name, a semicolon or a control character. Encode such values first.");
    }

    @Provide Arbitrary<List<String>> pairs() {
        var names = Arbitraries.strings().withCharRange('a', 'c').ofMinLength(1).ofMaxLength(2);
        var values = Arbitraries.strings().withCharRange('!', '~').excludeChars(';').ofMaxLength(10);
        return Combinators.combine(names, values).as((name, value) -> name + "=" + value).list().ofMaxSize(12);
    }

    @Property(tries = 500) void whatAServerSetsItGetsBack(@ForAll("pairs") List<String> pairs) {
        cookies.clear();
        receive("http://h/", pairs.toArray(String[]::new));
        var expected = new java.util.LinkedHashMap<String, String>();
        for (var pair : pairs)
            expected.put(pair.substring(0, pair.indexOf('=')), pair);
        assertThat(sent("http://h/x")).isEqualTo(String.join("; ", expected.values()));
    }

    @Test void anyLineIsACookieOrIgnored() {
        var random = new Random(42);
        var words = List.of("a", "=", ";", " ", "Domain=", "h", ".", "Path=", "/", "Max-Age=", "9", "-", "Expires=", "Nov", "12:00:00",
            "2026", "Secure",
            "\"", ",", "\u00ff", "\t");
        for (int i = 0; i < 30_000; i++) {
            var line = new StringBuilder();
            for (int word = random.nextInt(12); word > 0; word--)
                line.append(words.get(random.nextInt(words.size())));
            var cookie = CookieRules.parse(line.toString(), Url.parse("http://h/"), now);
            if (cookie != null) {
                assertThat(cookie.name()).isNotBlank();
                assertThat(cookie.domain()).isEqualTo("h");
                assertThat(cookie.path()).startsWith("/");
            }
        }
    }
}
