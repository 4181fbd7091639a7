package io.katydid.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Runs two environments in one JVM at a time. */
class IsolationTest {

    @Test void theyShareNeitherCookiesNorConnectionsNorFigures() throws Exception {
        var both = new CountDownLatch(2);
        try (var server = WireServer.plain((seen, wire) -> wire.answer(200, "", "Set-Cookie: c" + seen.connection() + "=1"))) {
            Crowd.Step step = user -> {
                user.client.get("/first");
                both.countDown();
                assertThat(both.await(10, TimeUnit.SECONDS)).isTrue();
                user.client.get("/second");
            };
            try (var one = new Crowd(1, 1, server.url(), http -> http.sharedPool(true), step);
                var two = new Crowd(1, 1, server.url(), http -> http.sharedPool(true), step)) {
                one.await();
                two.await();
                assertThat(server.connections()).isEqualTo(2);
                assertThat(server.seen).filteredOn(seen -> seen.target().equals("/second"))
                    .allSatisfy(seen -> assertThat(seen.all("Cookie")).containsExactly("c" + seen.connection() + "=1"));
                assertThat(one.total().numRequests()).isEqualTo(2);
                assertThat(two.total().numRequests()).isEqualTo(2);
            }
        }
    }

    @Test void theEndOfOneLeavesTheOthersConnectionsOpen() throws Exception {
        var goOn = new CountDownLatch(1);
        try (var server = WireServer.answering("ok"); var staying = new Crowd(1, 1, server.url(), http -> http.sharedPool(true), user -> {
            user.client.get("/staying");
            goOn.await();
            user.client.get("/staying");
        })) {
            Await.until(() -> server.seen.size() == 1);
            new Crowd(1, 1, server.url(), http -> http.sharedPool(true), user -> user.client.get("/leaving")).await().close();
            goOn.countDown();
            staying.await();
            assertThat(server.connections()).isEqualTo(2);
            assertThat(server.seen).filteredOn(seen -> seen.target().equals("/staying")).extracting(WireServer.Seen::connection)
                .containsExactly(1, 1);
        }
    }

    @Test void oneThatAcceptsAnyCertificateDoesNotMakeTheOtherDoSo() throws Exception {
        var authority = new Authority("test");
        try (var secure = WireServer.secure(authority.presenting(authority.identity("s", "127.0.0.1")), (_, wire) -> wire.answer(200, ""));
            var careless = new Crowd(1, 1, secure.url(), http -> http.insecure(true), user -> user.client.get("/")).await();
            var careful = new Crowd(1, 1, secure.url(), _ -> {}, user -> user.client.get("/")).await()) {
            assertThat(careless.total().numFailures()).isZero();
            assertThat(careful.total().numFailures()).isOne();
        }
    }

    @Test void usersOfOneShareATlsSetUpThatIsEqualAndTwoEnvironmentsDoNot() throws Exception {
        var made = new CopyOnWriteArrayList<Object>();
        var route = new Route("https://h", true, "h", 443, true, null, null, false, null);
        var other = new Route("https://other", true, "other", 443, true, null, null, false, null);
        var verifying = new Route("https://h", true, "h", 443, false, null, null, false, null);
        Crowd.Step step = user -> {
            for (var each : new Route[]{route, other, verifying}) made.add(TlsContexts.of(user.line()).context(each, user.line()));
        };
        try (var one = new Crowd(2, 2, "http://127.0.0.1", _ -> {}, step).await()) {
            assertThat(one.environment()).isNotNull();
        }
        assertThat(made).hasSize(6);
        assertThat(made.stream().distinct()).as("one that accepts all, one that verifies").hasSize(2);
        try (var two = new Crowd(1, 1, "http://127.0.0.1", _ -> {}, step).await()) {
            assertThat(two.environment()).isNotNull();
        }
        assertThat(made.stream().distinct()).hasSize(4);
    }
}
