package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The header of the last request is kept: it must not outlive a change of the jar, of the address or of the time. */
class CookieHeaderTest {
    private final Cookies cookies = new Cookies();
    private final Url shop = Url.parse("http://shop.test/cart");
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));

    @Test void followsEachChangeOfTheJar() {
        assertThat(header(shop)).isNull();
        cookies.set("a", "1");
        assertThat(header(shop)).isEqualTo("a=1").isEqualTo(header(shop));
        cookies.set("b", "2");
        assertThat(header(shop)).isEqualTo("a=1; b=2");
        cookies.set("a", "3");
        assertThat(header(shop)).isEqualTo("a=3; b=2");
        receive("c=4");
        assertThat(header(shop)).isEqualTo("a=3; b=2; c=4");
        cookies.remove("b");
        assertThat(header(shop)).isEqualTo("a=3; c=4");
        cookies.clear();
        assertThat(header(shop)).isNull();
    }

    @Test void isMadeForEachAddress() {
        receive("here=1");
        assertThat(header(shop)).isEqualTo("here=1");
        assertThat(header(Url.parse("http://other.test/"))).isNull();
        assertThat(header(shop)).isEqualTo("here=1");
    }

    @Test void endsWithItsCookies() {
        receive("brief=1; Max-Age=10");
        assertThat(header(shop)).isEqualTo("brief=1").isEqualTo(header(shop));
        now.set(now.get().plusSeconds(11));
        assertThat(header(shop)).isNull();
    }

    private String header(Url url) { return cookies.header(url, now::get); }

    private void receive(String line) {
        cookies.receive(new HttpHeaders().set("Set-Cookie", line), shop, now::get);
    }
}
