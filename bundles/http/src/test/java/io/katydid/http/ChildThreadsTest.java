package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ends the threads of a script with their user. */
class ChildThreadsTest {

    private static void ended(List<Thread> children) throws Exception {
        assertThat(children).isNotEmpty();
        for (var child : children)
            assertThat(child.join(Duration.ofSeconds(10))).as(() -> child.getState() + " " + List.of(child.getStackTrace())).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false,false", "false,true", "true,false", "true,true"}) void aCallInFlightIsCutOffAndNotCounted(boolean shared,
        boolean fallback)
        throws Exception {
        var left = new CountDownLatch(2);
        var children = new CopyOnWriteArrayList<Thread>();
        try (var server = WireServer.plain((_, wire) -> {
            wire.waitForTheEnd();
            left.countDown();
        }); var crowd = new Crowd(1, server.url(), http -> http.sharedPool(shared), user -> {
            for (int i = 0; i < 2; i++)
                children.add(Thread.ofVirtual().uncaughtExceptionHandler((_, _) -> {}).start(() -> user.client.get("/")));
            Await.until(() -> server.seen.size() == 2);
        }, builder -> builder.loops(1).forceFallback(fallback).drain(Duration.ofMillis(100))).await()) {
            assertThat(crowd.total().numRequests()).isZero();
            ended(children);
            assertThat(left.await(10, TimeUnit.SECONDS)).as("the connections are closed").isTrue();
            assertThat(crowd.total().numFailures()).isZero();
        }
    }

    @Test void oneThatSendsAgainAndAgainEndsAtItsNextCall() throws Exception {
        var children = new CopyOnWriteArrayList<Thread>();
        try (var server = WireServer.answering("ok"); var crowd = new Crowd(3, 1, server.url(), _ -> {}, user -> {
            children.add(Thread.ofVirtual().uncaughtExceptionHandler((_, _) -> {}).start(() -> {
                while (true) user.client.get("/");
            }));
            Await.until(() -> server.seen.size() > 10);
        }).await()) {
            assertThat(crowd.total().numFailures()).isZero();
            ended(children);
            long after = server.seen.size();
            assertThat(crowd.environment().stats().total().numRequests()).isBetween(after - 3, after);
        }
    }

    @Test void aBlockOfOneIsJudgedAtItsEndAndNotByAnothersCall() throws Exception {
        try (var server = WireServer.plain((seen, wire) -> wire.answer(seen.target().equals("/bad") ? 500 : 200, ""))) {
            var trial = Trial.http(server.url(), user -> {
                var own = user.client.catchResponse().get("/bad");
                own.close();
                var child = Thread.startVirtualThread(() -> {
                    try (var block = user.client.catchResponse().get("/good")) {
                        assertThat(block.statusCode()).isEqualTo(200);
                    }
                });
                child.join();
                user.client.get("/last");
            });
            assertThat(trial.names()).as("the user's own block waits for the user's own next call").containsExactly("GET /good", "GET /bad",
                "GET /last");
            assertThat(trial.failures()).containsExactly("500 Server Error: Internal Server Error for url: /bad");
        }
    }
}
