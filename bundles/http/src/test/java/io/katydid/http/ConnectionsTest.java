package io.katydid.http;

import static io.katydid.http.HttpUser.json;
import static io.katydid.http.HttpUser.name;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Follows the connections of one user and its child threads. */
class ConnectionsTest {

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Parity("UM-97") void oneIsKeptAsLongAsTheServerLikes(boolean fallback) throws Exception {
        try (var server = WireServer.answering("ok")) {
            Trial.of(Flavour.HTTP, server.url(), _ -> {}, user -> {
                for (int i = 0; i < 50; i++) user.client.post("/", json(i));
            }, fallback).clean();
            assertThat(server.connections()).isOne();
            assertThat(server.seen).extracting(WireServer.Seen::text).isEqualTo(IntStream.range(0, 50).mapToObj(String::valueOf).toList());
        }
    }

    @ParameterizedTest
    @CsvSource({"1,false", "3,false", "3,true", "10,false"}) void childThreadsShareAsManyAsThereMayBe(int size, boolean fallback)
        throws Exception {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var full = new CountDownLatch(size);
        try (var server = WireServer.plain((_, wire) -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            full.countDown();
            full.await();
            now.decrementAndGet();
            wire.answer(200, "ok");
        })) {
            var trial = Trial.of(Flavour.HTTP, server.url(), http -> http.poolSize(size), user -> {
                var children = IntStream.range(0, 20).mapToObj(child -> Thread.startVirtualThread(() -> {
                    for (int i = 0; i < 5; i++) assertThat(user.client.get("/" + child, name("child")).ok()).isTrue();
                })).toList();
                for (var child : children) child.join();
            }, fallback).clean();
            assertThat(trial.events()).hasSize(100);
            assertThat(trial.environment().stats().get("child", "GET").numRequests()).isEqualTo(100);
            assertThat(server.seen).hasSize(100);
            assertThat(server.connections()).isEqualTo(size);
            assertThat(most).hasValue(size);
        }
    }

    @Test void aChildThreadsBlocksAreItsOwn() throws Exception {
        try (var server = WireServer.plain((seen, wire) -> wire.answer(seen.target().equals("/bad") ? 500 : 200, ""))) {
            for (boolean fallback : new boolean[]{false, true}) {
                var trial = Trial.of(Flavour.HTTP, server.url(), _ -> {}, user -> {
                    var children = IntStream.range(0, 8).mapToObj(_ -> Thread.startVirtualThread(() -> {
                        for (int i = 0; i < 25; i++) {
                            try (var block = user.client.catchResponse().get(i % 2 == 0 ? "/good" : "/bad")) {
                                assertThat(block.statusCode()).isPositive();
                            }
                        }
                    })).toList();
                    for (var child : children) child.join();
                }, fallback);
                assertThat(trial.environment().stats().total().numRequests()).isEqualTo(200);
                assertThat(trial.environment().stats().total().numFailures()).isEqualTo(8 * 12);
            }
        }
    }

    @Test void anInterruptedWaitForAConnectionIsAFailureAndNotTheUsersEnd() throws Exception {
        var release = new CountDownLatch(1);
        try (var server = WireServer.plain((_, wire) -> {
            release.await();
            wire.answer(200, "ok");
        })) {
            var trial = Trial.http(server.url(), http -> http.poolSize(1), user -> {
                var holding = Thread.startVirtualThread(() -> user.client.get("/", name("holding")));
                Await.until(() -> server.seen.size() == 1);
                var waiting = Thread.startVirtualThread(() -> {
                    user.client.get("/", name("waiting"));
                    assertThat(Thread.interrupted()).isTrue();
                });
                Await.until(() -> waiting.getState() == Thread.State.WAITING);
                waiting.interrupt();
                waiting.join();
                release.countDown();
                holding.join();
                user.client.get("/", name("after"));
            });
            assertThat(trial.events()).extracting(event -> event.name() + " " + Trial.failure(event)).containsExactly(
                "waiting InterruptedIOException: interrupted while waiting for one of 1 connections", "holding ", "after ");
        }
    }

    @Test void oneThatTheServerClosedInTheMeantimeIsReplaced() throws Exception {
        try (var server = WireServer.plain((_, wire) -> {
            wire.answer(200, "ok");
            wire.hangUp();
        })) {
            Trial.http(server.url(), user -> {
                for (int i = 0; i < 20; i++) user.client.post("/", json(i));
            }).clean();
            assertThat(server.seen).extracting(WireServer.Seen::text).isEqualTo(IntStream.range(0, 20).mapToObj(String::valueOf).toList());
        }
    }

    @Test void oneThatTheServerWillCloseIsNotUsedAgain() throws Exception {
        try (var server = WireServer.plain((_, wire) -> wire.answer(200, "ok", "Connection: close"))) {
            Trial.http(server.url(), user -> {
                user.client.get("/1");
                user.client.get("/2");
            }).clean();
            assertThat(server.seen).extracting(WireServer.Seen::connection).containsExactly(1, 2);
        }
    }

    @Test void aBodyWithoutALengthEndsWithItsConnection() throws Exception {
        try (var server = WireServer.plain((_, wire) -> {
            wire.send("HTTP/1.1 200 OK\r\n\r\nuntil the end");
            wire.hangUp();
        })) {
            Trial.http(server.url(), user -> {
                assertThat(user.client.get("/").text()).isEqualTo("until the end");
                assertThat(user.client.get("/").text()).isEqualTo("until the end");
            }).clean();
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test void aServerOfHttp10KeepsOneOnlyWhenItSaysSo() throws Exception {
        try (var server = WireServer.plain((seen, wire) -> {
            boolean keep = seen.target().equals("/keep");
            wire.send("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n" + (keep ? "Connection: keep-alive\r\n" : "") + "\r\nok");
            if (!keep) wire.hangUp();
        })) {
            Trial.http(server.url(), user -> {
                user.client.get("/keep");
                user.client.get("/keep");
                user.client.get("/close");
                user.client.get("/keep");
            }).clean();
            assertThat(server.seen).extracting(WireServer.Seen::connection).containsExactly(1, 1, 1, 2);
        }
    }

    @Test void aFailedOneIsNotUsedAgain() throws Exception {
        try (var server = WireServer.plain((seen, wire) -> {
            if (seen.target().equals("/odd")) wire.send("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nxx");
            else wire.answer(200, "ok");
        })) {
            var trial = Trial.http(server.url(), user -> {
                user.client.get("/1");
                user.client.get("/odd");
                user.client.get("/2");
            });
            assertThat(trial.failures()).hasSize(1);
            assertThat(server.seen).extracting(WireServer.Seen::connection).containsExactly(1, 1, 2);
        }
    }
}
