package io.katydid.junit;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.StopUser;
import io.katydid.api.Tag;
import io.katydid.api.Task;
import io.katydid.api.WaitTime;
import io.katydid.http.FastHttpSession;
import io.katydid.http.HttpSession;
import io.katydid.http.HttpUser;
import io.katydid.testkit.Answer;
import io.katydid.testkit.TargetServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Is written as the tests of a project are: with the dependency and nothing else. */
class CheckoutLoadTests {
    private static TargetServer server = TargetServer.open();
    private int before;

    static class BrowseUser extends HttpUser {
        @Override public String host() { return server.url(); }

        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Task void list() { client.get("/api/products"); }

        @Task
        @Tag("broken") void gone() { client.get("/gone"); }
    }

    /** Asks twice and is done. */
    static class Twice extends BrowseUser {
        private int asked;

        @Override
        @Task void list() {
            client.get("/twice");
            if (++asked == 2) throw new StopUser();
        }
    }

    @BeforeAll static void serve() {
        server.answer("/api/products", Answer.json("[]")).answer("/twice", Answer.json("[]")).answer("/gone", Answer.status(404));
        System.setProperty(Hosts.PARAMETER, server.url());
    }

    @AfterAll static void end() {
        System.clearProperty(Hosts.PARAMETER);
        server.close();
    }

    @BeforeEach void count() {
        before = server.requests("/api/products");
    }

    @LoadTest(value = BrowseUser.class, users = 5, spawnRate = 100, runTime = "1s", excludeTags = "broken") void theResultIsWhatTheServerSaw(
        LoadTestResult result) {
        assertThat(result.stats().total().numRequests()).isEqualTo(server.requests("/api/products") - before).isGreaterThan(20);
        assertThat(result.stats().total().failRatio()).isZero();
        assertThat(result.stats().total().percentile(0.95)).isLessThan(1000);
        assertThat(result.stats().last()).as("nothing more can come").isTrue();
    }

    @LoadTest(value = BrowseUser.class, spawnRate = 100, runTime = "1s", tags = "broken") void failuresAreInTheResultAndFailNothingByThemselves(
        LoadTestResult result) {
        assertThat(result.stats().total().failRatio()).isEqualTo(1);
        assertThat(result.stats().errors()).singleElement().satisfies(error -> assertThat(error.error()).contains("404"));
    }

    @LoadTest(value = Twice.class, users = 3, spawnRate = 100, runTime = "60s", excludeTags = "broken") void usersThatEndByThemselvesEndIt(
        LoadTestResult result) {
        assertThat(result.stats().total().numRequests()).isEqualTo(6);
        assertThat(result.stats().runTime()).isLessThan(30);
    }

    @LoadTest(value = BrowseUser.class, runTime = "1s", excludeTags = "broken") void itRunsForAMethodThatAsksForNothing() {
        assertThat(server.requests("/api/products")).isGreaterThan(before);
    }

    @Test void theSessionIsAPlainParameter(HttpSession session) {
        session.get("/api/products").raiseForStatus();
        assertThat(server.requests("/api/products")).isEqualTo(before + 1);
        assertThat(session.get("/gone").statusCode()).isEqualTo(404);
    }

    @Test void theFastSessionToo(FastHttpSession session) {
        assertThat(session.get("/api/products").text()).isEqualTo("[]");
    }
}
