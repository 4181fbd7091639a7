package io.katydid.http;

import static io.katydid.http.HttpUser.auth;
import static io.katydid.http.HttpUser.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Says who is asking, in each of the ways there are. */
class AuthTest {
    private WireServer server;

    @BeforeEach void start() throws Exception {
        server = WireServer.answering("ok");
    }

    @AfterEach void stop() throws Exception {
        server.close();
    }

    private static List<String> basic(String pair) {
        return List.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private List<List<String>> sent() { return server.seen.stream().map(seen -> seen.all("Authorization")).toList(); }

    @Test
    @Parity({"UM-85", "UM-98"}) void theRequestsWinsOverTheSessionsAndThatOverTheOptions() throws Exception {
        Trial.http(server.url(), http -> http.auth("options", "1"), user -> {
            user.client.get("/");
            user.client.auth("session", "2");
            user.client.get("/");
            user.client.get("/", auth("request", "ü:3"));
            user.client.get("/");
        }).clean();
        assertThat(sent()).containsExactly(basic("options:1"), basic("session:2"), basic("request:ü:3"), basic("session:2"));
    }

    @Test
    @Parity("UM-83") void userAndPasswordOfTheHostAreMovedOutOfIt() throws Exception {
        var trial = Trial.http("http://ann:p%40ss@127.0.0.1:" + server.port() + "/base", user -> {
            assertThat(user.client.baseUrl()).isEqualTo(server.url() + "/base");
            assertThat(user.client.get("/x").url()).isEqualTo(server.url() + "/base/x");
            user.client.auth("other", "one");
            user.client.get("/x");
        }).clean();
        assertThat(sent()).containsExactly(basic("ann:p@ss"), basic("other:one"));
        assertThat(trial.events()).allSatisfy(event -> assertThat(event.url()).doesNotContain("ann"));
    }

    @Test void userAndPasswordOfOneAddressAreForThatRequest() throws Exception {
        Trial.http(server.url(), user -> {
            user.client.get("http://bob:1@127.0.0.1:" + server.port() + "/");
            user.client.get("/");
        }).clean();
        assertThat(sent()).containsExactly(basic("bob:1"), List.of());
    }

    @Test void userAndPasswordReplaceAnAuthorizationHeader() throws Exception {
        Trial.http(server.url(), user -> {
            user.client.headers().set("Authorization", "Bearer token");
            user.client.get("/");
            user.client.get("/", auth("a", "b"));
            user.client.get("/", header("Authorization", "Bearer other"), auth("a", "b"));
        }).clean();
        assertThat(sent()).containsExactly(List.of("Bearer token"), basic("a:b"), basic("a:b"));
    }

    @Test void aRedirectToAnotherServerTakesNoCredentialsAlong() throws Exception {
        try (var redirecting = WireServer.plain((seen, wire) -> {
            var to = seen.target().equals("/same") ? "/here" : server.url() + "/there";
            if (seen.target().equals("/here")) wire.answer(200, "here");
            else wire.answer(302, "", "Location: " + to);
        })) {
            Trial.http(redirecting.url(), user -> {
                user.client.headers().set("Authorization", "Bearer token");
                user.client.get("/same");
                user.client.get("/other");
                user.client.auth("a", "b");
                user.client.get("/same");
                user.client.get("/other");
                user.client.get("/other", auth("c", "d"));
            }).clean();
            assertThat(redirecting.seen).extracting(seen -> seen.target() + seen.all("Authorization")).containsExactly(
                "/same[Bearer token]",
                "/here[Bearer token]", "/other[Bearer token]", "/same" + basic("a:b"), "/here" + basic("a:b"), "/other" + basic("a:b"),
                "/other" + basic("c:d"));
            assertThat(sent()).containsExactly(List.of(), List.of(), List.of());
        }
    }
}
