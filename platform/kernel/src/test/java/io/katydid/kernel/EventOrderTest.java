package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.FixedCount;
import io.katydid.api.State;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.parity.Parity;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Writes down the events of whole local runs, in order and with what they carry. */
class EventOrderTest {

    @FixedCount(1)
    static class Once extends User {
        @Task void task() {
            measure("T", "once", () -> { throw new IllegalStateException("late"); });
            throw new StopUser();
        }
    }

    static class Idle extends User {
        @Task void task() {
            sleep(60);
        }
    }

    private static KernelEnvironment environment(List<String> events) {
        var builder = new EnvironmentBuilder().userClasses(List.of(Once.class, Idle.class)).loops(1);
        var hooks = builder.events();
        hooks.init().addListener(event -> events.add("init " + (event.runner() == event.environment().runner()) + " "
            + event.webUI().isPresent()));
        hooks.testStart().addListener(event -> events.add("test_start " + event.runner().state() + " " + event.runner().userCount()));
        hooks.spawning().addListener(event -> events.add("spawning " + event.userClass().name() + " " + event.userCount()));
        hooks.spawningComplete().addListener(event -> events.add("spawning_complete " + event.userCount()));
        hooks.request().addListener(event -> events.add("request " + event.requestType() + " " + event.name() + " "
            + event.exception().map(Throwable::getMessage).orElse("ok")));
        hooks.userError().addListener(event -> events.add("user_error"));
        hooks.resetStats().addListener(event -> events.add("reset_stats"));
        hooks.testStopping().addListener(event -> events.add("test_stopping " + event.runner().state() + " " + event.runner().userCount()));
        hooks.testStop().addListener(event -> events.add("test_stop " + event.runner().state() + " " + event.runner().userCount()));
        hooks.quitting().addListener(event -> events.add("quitting first"));
        hooks.quitting().addListener(event -> events.add("quitting second"));
        hooks.quit().addListener(event -> events.add("quit " + event.exitCode()));
        return builder.build();
    }

    @Test
    @Parity({"EV-1", "EV-6", "EV-7", "EV-8", "EV-9", "EV-11", "EV-12", "EV-13", "EV-14", "SD-106", "SD-107", "SD-108", "SD-109", "SD-110",
        "SD-113", "SD-116", "RN-16"}) void aLocalRunHasOneOrder() {
        var events = new CopyOnWriteArrayList<String>();
        try (var environment = environment(events)) {
            var runner = environment.createLocalRunner();
            environment.init();
            // All first users come in one step: the request of Once may be before or after the end of the ramp.
            runner.start(3, 1000);
            Runs.await(() -> events.contains("spawning_complete 3") || events.contains("spawning_complete 2"));
            Runs.await(() -> runner.userCount() == 2);
            var request = "request T once late";
            assertThat(events).containsOnlyOnce(request);
            assertThat(events).element(0).isEqualTo("init true false");
            assertThat(events).element(1).isEqualTo("test_start SPAWNING 0");
            assertThat(events).containsSubsequence("test_start SPAWNING 0", "spawning Once 1", request);
            assertThat(events).containsSubsequence("test_start SPAWNING 0", "spawning Idle 2");
            events.clear();
            environment.stats().resetAll();
            runner.start(4, 1000);
            Runs.await(() -> events.stream().anyMatch(event -> event.startsWith("spawning_complete")) && runner.state() == State.RUNNING);
            // The class with a fixed count gets its user back; a change of the number is no new test.
            assertThat(events).startsWith("reset_stats").contains("spawning Once 1", "spawning Idle 1")
                .doesNotContain("test_start SPAWNING 2");
            Runs.await(() -> runner.userCount() == 3);
            events.clear();
            assertThat(environment.shutdown(1)).isEqualTo(1);
            assertThat(events).containsExactly("test_stopping RUNNING 3", "test_stop STOPPED 0", "quitting second", "quitting first",
                "quit 1");
        }
        assertThat(events).hasSize(5);
    }

    @Test
    @Parity({"AC-34", "RN-19", "SD-146", "SD-147", "RN-1"}) void eachEventComesOnceHoweverOftenItIsStopped() {
        try (var stage = Stage.of(Idle.class).ready()) {
            assertThat(stage.runner.state()).isEqualTo(State.READY);
            stage.runner.stop();
            assertThat(stage.events).isEmpty();
            for (int run = 1; run <= 2; run++) {
                stage.runner.start(1, 100);
                int begun = run;
                Runs.await(() -> stage.count("spawning_complete 1") == begun);
                stage.runner.stop();
                stage.runner.stop();
                assertThat(stage.runner.state()).isEqualTo(State.STOPPED);
            }
            stage.runner.quit();
            stage.runner.quit();
            assertThat(stage.events).containsExactly("test_start", "spawning_complete 1", "test_stopping", "test_stop", "test_start",
                "spawning_complete 1", "test_stopping", "test_stop", "quitting");
        }
    }

    @Test
    @Parity({"RN-1", "RN-17", "AC-43", "SD-148", "SD-149"}) void theStateFollowsTheRunAndTheTargetIsKnownBeforeTheRamp() throws Exception {
        var free = new CountDownLatch(1);
        var seen = new CopyOnWriteArrayList<String>();
        try (var stage = Stage.of(Idle.class)) {
            var runner = stage.runner;
            stage.environment.events().testStart().addListener(_ -> seen.add(runner.state() + " of " + runner.targetUserCount()));
            stage.environment.events().spawning().addListener(_ -> {
                seen.add(runner.state() + " of " + runner.targetUserCount());
                free.await();
            });
            stage.environment.events().testStopping().addListener(_ -> seen.add(runner.state().word()));
            stage.environment.events().testStop().addListener(_ -> seen.add(runner.state().word()));
            stage.ready();
            assertThat(runner.state().word()).isEqualTo("ready");
            runner.start(3, 1000);
            // The ramp is held up by its listener, and start has returned all the same.
            Runs.await(() -> seen.size() == 2);
            assertThat(seen).containsExactly("SPAWNING of 3", "SPAWNING of 3");
            assertThat(runner.userCount()).isZero();
            free.countDown();
            stage.awaitUsers(3);
            assertThat(runner.stats()).isSameAs(stage.environment.stats());
            assertThat(runner.users()).hasSizeLessThanOrEqualTo(3);
            runner.stop();
            assertThat(seen).endsWith("running", "stopped");
        }
    }

    static class Fails extends User {
        @Task void task() {
            measure("T", "call", () -> 1);
            throw new IllegalStateException("boom");
        }

        @Override protected WaitTime waitTime() { return constant(60); }
    }

    @Test
    @Parity({"RN-11", "ST-13"}) void aStartClearsWhatATestLeftAndAChangeOfARunningOneDoesNot() {
        try (var stage = Stage.of(Fails.class).ready()) {
            var stats = stage.environment.stats();
            for (int run = 1; run <= 2; run++) {
                stage.runner.start(2, 1000);
                Runs.await(() -> stats.total().numRequests() == 2 && stage.runner.state() == State.RUNNING);
                stage.runner.start(3, 1000);
                Runs.await(() -> stats.total().numRequests() == 3);
                stage.runner.stop();
                assertThat(stats.total().numRequests()).isEqualTo(3);
                assertThat(stats.exceptions()).singleElement().satisfies(row -> assertThat(row.count()).isEqualTo(3));
                assertThat(stage.count("test_start")).isEqualTo(run);
            }
        }
    }
}
