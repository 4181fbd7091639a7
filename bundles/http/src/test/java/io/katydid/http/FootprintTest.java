package io.katydid.http;

import static io.katydid.http.HttpUser.body;
import static io.katydid.http.HttpUser.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.internal.InternalThreadLocalMap;
import org.junit.jupiter.api.Test;

/** Looks at what Netty keeps for the thread of a user: some 6 KB for each that calls it, and a test has a hundred thousand of them. */
class FootprintTest {

    private static void ask(HttpUser user) {
        for (int i = 0; i < 3; i++) assertThat(user.client.get("/").ok()).isTrue();
        assertThat(user.client.post("/", body("x".repeat(200_000))).ok()).isTrue();
        assertThat(user.client.get("/", header("Connection", "close")).ok()).isTrue();
        assertThat(user.client.get("/").ok()).as("over a second connection").isTrue();
        assertThat(Thread.currentThread().isVirtual()).isTrue();
        assertThat(InternalThreadLocalMap.getIfSet()).as("what Netty keeps for this user").isNull();
    }

    @Test void aUserIsNoThreadOfNettys() throws Exception {
        try (var server = WireServer.answering("ok")) {
            Trial.http(server.url(), _ -> {}, FootprintTest::ask).clean();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test void norIsOneThatSpeaksTls() throws Exception {
        var authority = new Authority("Katydid's tests");
        var context = authority.presenting(authority.identity("server", "localhost", "127.0.0.1"));
        try (var server = WireServer.secure(context, (_, wire) -> wire.answer(200, "ok"))) {
            Trial.http(server.url(), http -> http.insecure(true), FootprintTest::ask).clean();
            assertThat(server.connections()).isEqualTo(2);
        }
    }
}
