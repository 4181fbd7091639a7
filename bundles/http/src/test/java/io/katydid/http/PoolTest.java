package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.kernel.EnvironmentBuilder;
import io.katydid.parity.Parity;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Counts the connections of several users. */
class PoolTest {

    /** Answers each request only when so many are here at a time; after that, at once. */
    private static WireServer meeting(int together) throws Exception {
        var here = new CountDownLatch(together);
        return WireServer.plain((_, wire) -> {
            here.countDown();
            if (!here.await(10, TimeUnit.SECONDS)) wire.hangUp();
            wire.answer(200, "ok");
        });
    }

    private static long requests(Crowd crowd) { return crowd.total().numRequests(); }

    @Test
    @Parity("AC-98") void eachUserHasConnectionsOfItsOwn() throws Exception {
        try (var server = WireServer.answering("ok"); var crowd = new Crowd(12, 2, server.url(), _ -> {}, user -> {
            for (int i = 0; i < 5; i++) user.client.get("/");
        }).await()) {
            assertThat(server.connections()).isEqualTo(12);
            assertThat(requests(crowd)).isEqualTo(60);
            assertThat(server.seen).hasSize(60);
        }
    }

    @Test
    @Parity({"SD-24", "UM-81", "AC-98", "LP-8"}) void aSharedPoolHasOnePartPerLoopAndNoMoreThanItsSize() throws Exception {
        try (var server = meeting(6); var crowd = new Crowd(20, 2, server.url(), http -> http.sharedPool(true).poolSize(3), user -> {
            for (int i = 0; i < 10; i++) assertThat(user.client.get("/").ok()).isTrue();
        }).await()) {
            assertThat(server.connections()).as("two loops, three each, all of them at a time").isEqualTo(6);
            assertThat(requests(crowd)).isEqualTo(200);
            assertThat(server.seen).hasSize(200);
        }
    }

    static final class Fast extends FastHttpUser {
        private static volatile CountDownLatch done = new CountDownLatch(0);

        @Override protected void configure(HttpOptions http) { http.sharedPool(true).poolSize(1); }

        @Task void once() {
            for (int i = 0; i < 5; i++) assertThat(client.get("/").ok()).isTrue();
            done.countDown();
            throw new StopUser();
        }
    }

    @Test
    @Parity({"UM-128", "AC-91"}) void fastUsersShareOneConnection() throws Exception {
        Fast.done = new CountDownLatch(12);
        try (var server = WireServer.answering("ok");
            var environment = new EnvironmentBuilder().userClasses(List.of(Fast.class)).host(server.url()).loops(1).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(12, 100);
            assertThat(Fast.done.await(20, TimeUnit.SECONDS)).isTrue();
            runner.quit();
            assertThat(server.connections()).isOne();
            assertThat(environment.stats().total().numRequests()).isEqualTo(60);
            assertThat(environment.stats().total().numFailures()).isZero();
        }
    }

    @Test void aSharedPoolWorksOnTheFallbackToo() throws Exception {
        try (var server = WireServer.answering("ok");
            var crowd = new Crowd(20, server.url(), http -> http.sharedPool(true).poolSize(2), user -> {
                for (int i = 0; i < 10; i++) assertThat(user.client.get("/").ok()).isTrue();
            }, builder -> builder.loops(2).forceFallback(true)).await()) {
            assertThat(server.connections()).isBetween(1, 4);
            assertThat(requests(crowd)).isEqualTo(200);
        }
    }

    @Test void aSharedConnectionOutlivesTheUserThatOpenedIt() throws Exception {
        try (var server = WireServer.answering("ok");
            var crowd = new Crowd(1, 1, server.url(), http -> http.sharedPool(true), user -> user.client.get("/")).await()) {
            crowd.environment().runner().stop();
            crowd.environment().runner().start(1, 1);
            Await.until(() -> server.seen.size() == 2);
            assertThat(server.connections()).isOne();
        }
    }

    /** Is the reference's ForceNew: the server keeps the connection, as one that does not care, and yet has each request on one of its own. */
    @Test
    @Parity("LP-8") void aConnectionIsForcedNewByAHeader() throws Exception {
        try (var server = WireServer.answering("ok"); var crowd = new Crowd(3, 1, server.url(), _ -> {}, user -> {
            for (int i = 0; i < 4; i++) user.client.get("/own", HttpUser.header("Connection", "close"));
            user.client.headers().set("Connection", "close");
            for (int i = 0; i < 4; i++) user.client.get("/own");
            user.client.headers().set("Connection", "keep-alive");
            for (int i = 0; i < 4; i++) user.client.get("/kept");
        }).await()) {
            assertThat(requests(crowd)).isEqualTo(36);
            assertThat(crowd.total().numFailures()).isZero();
            assertThat(server.seen.stream().filter(seen -> seen.target().equals("/own")).map(WireServer.Seen::connection).distinct())
                .hasSize(24);
            assertThat(server.connections()).as("one more for each user").isEqualTo(27);
        }
    }

    @Test void usersWithOtherSetUpsDoNotMeetInAPool() throws Exception {
        var authority = new Authority("test");
        var context = authority.trusting();
        try (
            var secure = WireServer.secure(authority.presenting(authority.identity("s", "127.0.0.1")), (_, wire) -> wire.answer(200, ""))) {
            var turn = new java.util.concurrent.atomic.AtomicInteger();
            try (var crowd = new Crowd(4, 1, secure.url(), http -> {
                http.sharedPool(true);
                switch (turn.getAndIncrement()) {
                    case 0 -> http.insecure(true);
                    case 1 -> http.sslContext(() -> context);
                    default -> {}
                }
            }, user -> {
                for (int i = 0; i < 3; i++) user.client.get("/");
            }).await()) {
                assertThat(requests(crowd)).isEqualTo(12);
                assertThat(crowd.total().numFailures()).as("two users verify and trust nobody they know").isEqualTo(6);
                assertThat(secure.seen).extracting(WireServer.Seen::connection).hasSize(6);
                assertThat(secure.seen.stream().map(WireServer.Seen::connection).distinct()).as("one for each who trusts").hasSize(2);
            }
        }
    }

    @Test void aUserThatEndsClosesItsConnections() throws Exception {
        var left = new CountDownLatch(3);
        try (var server = WireServer.plain((_, wire) -> {
            wire.answer(200, "ok");
            wire.waitForTheEnd();
            left.countDown();
        })) {
            new Crowd(3, 1, server.url(), _ -> {}, user -> user.client.get("/")).await().close();
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test void theEndOfAnEnvironmentClosesItsSharedConnections() throws Exception {
        var left = new CountDownLatch(1);
        try (var server = WireServer.plain((_, wire) -> {
            wire.answer(200, "ok");
            wire.waitForTheEnd();
            left.countDown();
        })) {
            new Crowd(1, 1, server.url(), http -> http.sharedPool(true), user -> user.client.get("/")).await().close();
            assertThat(left.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test void aSecondSessionUsesTheConnectionsOfTheFirst() throws Exception {
        var left = new CountDownLatch(1);
        try (var server = WireServer.plain((seen, wire) -> {
            wire.answer(200, "ok");
            if (seen.target().equals("/last")) {
                wire.waitForTheEnd();
                left.countDown();
            }
        })) {
            Trial.http(server.url(), user -> {
                user.client.get("/");
                for (int i = 0; i < 10; i++) user.client.to(server.url() + "/sub").get("/x");
                user.client.to(server.url()).get("/last");
            }).clean();
            assertThat(server.connections()).isOne();
            assertThat(left.await(10, TimeUnit.SECONDS)).as("closed with its user").isTrue();
        }
    }
}
