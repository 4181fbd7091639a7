package io.katydid.otel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RequestUrlTest {

    @Test void anAddressIsTakenApartAndNamesNobody() {
        assertThat(RequestUrl.of("https://ann:s3cret@shop.example.com/a/b?q=1#top"))
            .isEqualTo(new RequestUrl("https://shop.example.com/a/b?q=1#top", "shop.example.com", 443, "/a/b", "/a/b?q=1"));
        assertThat(RequestUrl.of("HTTP://127.0.0.1:8080")).isEqualTo(new RequestUrl("HTTP://127.0.0.1:8080", "127.0.0.1", 8080, "/", "/"));
        assertThat(RequestUrl.of("http://[::1]:81?q=a@b")).isEqualTo(new RequestUrl("http://[::1]:81?q=a@b", "::1", 81, "/", "/?q=a@b"));
        assertThat(RequestUrl.of("http://[::1]/x y")).isEqualTo(new RequestUrl("http://[::1]/x y", "::1", 80, "/x y", "/x y"));
    }

    @Test void whatIsNoHttpAddressIsNone() {
        assertThat(RequestUrl.of("")).isNull();
        assertThat(RequestUrl.of("mqtt://broker:1883")).isNull();
        assertThat(RequestUrl.of("://")).isNull();
        assertThat(RequestUrl.of("http://")).isEqualTo(new RequestUrl("http://", "", 80, "/", "/"));
    }

    @Test void aNameThatRepeatsTheAddressIsNoNameOfItsOwn() {
        var url = RequestUrl.of("http://shop/a?q=1");
        assertThat(url.isSaidBy("/a") && url.isSaidBy("/a?q=1") && url.isSaidBy("http://shop/a?q=1")).isTrue();
        assertThat(url.isSaidBy("/a/[id]")).isFalse();
    }
}
