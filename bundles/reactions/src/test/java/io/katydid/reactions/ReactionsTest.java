package io.katydid.reactions;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Environment;
import io.katydid.api.Task;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.launcher.Katydid;
import io.katydid.parity.Parity;
import io.katydid.testkit.Await;
import io.katydid.testkit.EmbeddedKatydid;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Lets requests fail and looks at what their users do next. */
class ReactionsTest {
    private static final AtomicInteger AFTER = new AtomicInteger();

    /** Fails in the middle of its task, in a task set. */
    public static final class Failing extends User {
        @Override protected WaitTime waitTime() { return constant(0.002); }

        /** Is left by an interrupt only. */
        @Task
        public final class Shelf extends TaskSet {
            @Override protected void onStart() {
                environment().events().request().report("T", "entered", 1).success();
            }

            @Task void look() {
                environment().events().request().report("T", "look", 1).failure("on purpose");
                AFTER.incrementAndGet();
            }
        }
    }

    private static EmbeddedKatydid open() {
        AFTER.set(0);
        return EmbeddedKatydid.open(Katydid.environment(Failing.class).loops(1));
    }

    private static long requests(Environment environment, String name) {
        return environment.stats().snapshot().entries().stream().filter(entry -> entry.name().equals(name))
            .mapToLong(entry -> entry.numRequests())
            .sum();
    }

    @Test
    @Parity("LP-2") void rescheduleEndsTheTaskAndStaysInItsSet() throws Exception {
        try (var katydid = open()) {
            RescheduleTaskOnFail.on(katydid.environment());
            katydid.runUntil(1, "5 failures", () -> requests(katydid.environment(), "look") >= 5);
            assertThat(AFTER).hasValue(0);
            assertThat(requests(katydid.environment(), "entered")).isEqualTo(1);
            assertThat(katydid.environment().stats().exceptions()).isEmpty();
        }
    }

    @Test
    @Parity("LP-2") void interruptLeavesTheTaskSet() throws Exception {
        try (var katydid = open()) {
            InterruptTaskOnFail.on(katydid.environment());
            katydid.runUntil(1, "5 failures", () -> requests(katydid.environment(), "look") >= 5);
            assertThat(AFTER).hasValue(0);
            assertThat(requests(katydid.environment(), "entered")).isBetween(requests(katydid.environment(), "look"),
                requests(katydid.environment(), "look") + 1);
            assertThat(katydid.environment().stats().exceptions()).isEmpty();
        }
    }

    @Test
    @Parity("LP-2") void stopEndsTheUser() throws Exception {
        try (var katydid = open()) {
            StopUserOnFail.on(katydid.environment());
            katydid.runUntil(3, "no user any more", () -> katydid.runner().userCount() == 0);
            assertThat(AFTER).hasValue(0);
            assertThat(requests(katydid.environment(), "look")).isEqualTo(3);
        }
    }

    @Test
    @Parity("LP-2") void quitEndsTheRunAfterTheNamedRequestOnly() throws Exception {
        try (var katydid = open()) {
            QuitOnFail.on(katydid.environment(), "other");
            QuitOnFail.on(katydid.environment(), "look").close();
            katydid.start(1);
            Await.until("5 failures", () -> AFTER.get() >= 5);
            QuitOnFail.on(katydid.environment(), "look");
            katydid.runner().join();
            assertThat(katydid.environment().processExitCode()).isEmpty();
            assertThat(katydid.finish()).isEqualTo(1);
        }
        try (var katydid = open()) {
            QuitOnFail.on(katydid.environment());
            katydid.runner().start(2, 100);
            katydid.runner().join();
            assertThat(katydid.finish()).isEqualTo(1);
        }
    }

    @Test
    @Parity("LP-2") void exitDecidesTheExitCode() throws Exception {
        try (var katydid = open()) {
            katydid.environment().processExitCode(0);
            ExitOnFail.on(katydid.environment());
            katydid.runner().start(1, 100);
            katydid.runner().join();
            assertThat(katydid.finish()).isEqualTo(1);
        }
    }

    /** Throws. */
    public static final class Throwing extends User {
        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Task void run() { throw new IllegalStateException("broken"); }
    }

    @Test
    @Parity("LP-2") void codeRunsAfterFailuresAndErrors() throws Exception {
        List<String> heard = new CopyOnWriteArrayList<>();
        try (var katydid = EmbeddedKatydid.open(Katydid.environment(Throwing.class).loops(1))) {
            var request = katydid.environment().events().request();
            RunOnFail.on(katydid.environment(), event -> heard.add(event.name() + " " + event.exception().orElseThrow().getMessage()));
            request.report("T", "good", 1).success();
            request.report("T", "bad", 1).failure(new CatchResponseError("no"));
            assertThat(heard).containsExactly("bad no");
            RunOnUserError.on(katydid.environment(),
                error -> heard.add(error.user().getClass().getSimpleName() + " " + error.exception().getMessage()));
            katydid.runUntil(1, "an error", () -> heard.size() > 1);
            assertThat(heard).contains("Throwing broken");
        }
    }

    @Test void aFailureThatNoUserMadeEndsNobody() {
        try (var katydid = open()) {
            RescheduleTaskOnFail.on(katydid.environment());
            StopUserOnFail.on(katydid.environment());
            katydid.environment().events().request().report("T", "outside", 1).failure("no");
            assertThat(requests(katydid.environment(), "outside")).isLessThanOrEqualTo(1);
        }
    }
}
