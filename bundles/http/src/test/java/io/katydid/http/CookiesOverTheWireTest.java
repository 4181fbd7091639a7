package io.katydid.http;

import static io.katydid.http.HttpUser.cookies;
import static io.katydid.http.HttpUser.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.parity.Parity;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Follows cookies from the server into the jar and back. */
class CookiesOverTheWireTest {

    private static WireServer server() throws Exception {
        return WireServer.plain((seen, wire) -> {
            switch (seen.target()) {
                case "/login" -> wire.answer(302, "", "Set-Cookie: sid=1; Path=/; HttpOnly", "Set-Cookie: seen=login", "Location: /home");
                case "/two" -> wire.answer(200, "", "Set-Cookie: a=1", "Set-Cookie: b=2; Path=/deep", "Set-Cookie: c=3; Secure");
                case "/logout" -> wire.answer(200, "", "Set-Cookie: sid=; Max-Age=0; Path=/");
                case "/foreign" -> wire.answer(200, "", "Set-Cookie: evil=1; Domain=example.com");
                default -> wire.answer(200, "");
            }
        });
    }

    private static List<String> sent(WireServer server) {
        return server.seen.stream().map(seen -> seen.target() + " " + String.join("|", seen.all("Cookie"))).toList();
    }

    @ParameterizedTest
    @EnumSource(Flavour.class)
    @Parity({"SD-70", "UM-97", "UM-146"}) void thoseOfARedirectAreSentAtOnceAndKept(Flavour flavour) throws Exception {
        try (var server = server()) {
            Trial.of(flavour, server.url(), _ -> {}, user -> {
                var home = user.client.get("/login");
                assertThat(home.cookies().isEmpty()).isTrue();
                assertThat(home.history().getFirst().cookies().get("sid")).contains("1");
                user.client.get("/next");
                user.client.get("/logout");
                user.client.get("/after");
            }).clean();
            assertThat(sent(server)).containsExactly("/login ", "/home sid=1; seen=login", "/next sid=1; seen=login",
                "/logout sid=1; seen=login", "/after seen=login");
        }
    }

    @Test void pathSecurityAndDomainDecideWhereTheyGo() throws Exception {
        try (var server = server(); var other = server()) {
            Trial.http(server.url(), user -> {
                user.client.get("/two");
                user.client.get("/deep/er");
                user.client.get("/deeper");
                user.client.get("/foreign");
                user.client.get("/end");
                assertThat(user.client.cookies().all()).extracting(Cookie::name).containsExactly("a", "b", "c");
                user.client.get(other.url() + "/port");
            }).clean();
            // Loopback counts as secure, and a cookie does not know ports: both as in a browser.
            assertThat(sent(server)).containsExactly("/two ", "/deep/er b=2; a=1; c=3", "/deeper a=1; c=3", "/foreign a=1; c=3",
                "/end a=1; c=3");
            assertThat(sent(other)).containsExactly("/port a=1; c=3");
        }
    }

    @Test
    @Parity("UM-85") void thoseOfOneRequestAreNotKept() throws Exception {
        try (var server = server()) {
            Trial.http(server.url(), user -> {
                user.client.cookies().set("own", "1").set("both", "jar");
                user.client.get("/a", cookies(Map.of("both", "request")));
                user.client.get("/b");
                user.client.cookies().remove("own");
                user.client.get("/c");
                user.client.cookies().clear();
                user.client.get("/d");
            }).clean();
            assertThat(sent(server)).containsExactly("/a own=1; both=request", "/b own=1; both=jar", "/c both=jar", "/d ");
        }
    }

    @Test void aCookieHeaderStandsForTheJarUntilARedirect() throws Exception {
        try (var server = server()) {
            Trial.http(server.url(), user -> {
                user.client.cookies().set("jar", "1");
                user.client.get("/a", header("Cookie", "own=2"));
                user.client.get("/login", header("Cookie", "own=2"));
            }).clean();
            assertThat(sent(server)).containsExactly("/a own=2", "/login own=2", "/home jar=1; sid=1; seen=login");
        }
    }

    @Test
    @Parity("UM-97") void usersHaveJarsOfTheirOwn() throws Exception {
        try (var server = server()) {
            Trial.http(server.url(), user -> user.client.get("/login")).clean();
            Trial.http(server.url(), user -> user.client.get("/second")).clean();
            assertThat(sent(server)).endsWith("/second ");
        }
    }

    @Test void childThreadsShareTheJar() throws Exception {
        try (var server = WireServer.plain((seen, wire) -> wire.answer(200, "", "Set-Cookie: n" + seen.target().substring(1) + "=1"))) {
            for (boolean fallback : new boolean[]{false, true}) {
                var trial = Trial.of(Flavour.HTTP, server.url(), _ -> {}, user -> {
                    var children = IntStream.range(0, 8).mapToObj(child -> Thread.startVirtualThread(() -> {
                        for (int i = 0; i < 50; i++) user.client.get("/" + child + "x" + i % 10);
                    })).toList();
                    for (var child : children) child.join();
                    assertThat(user.client.cookies().all()).hasSize(80);
                }, fallback).clean();
                assertThat(trial.events()).hasSize(400);
            }
        }
    }

    @Test void aValueThatWouldBreakTheHeaderIsRefused() {
        assertThatThrownBy(() -> cookies(Map.of("a", "b; c"))).isInstanceOf(KatydidException.class)
            .hasMessageContaining("has no name, a semicolon or a control character. Encode such values first.");
    }
}
