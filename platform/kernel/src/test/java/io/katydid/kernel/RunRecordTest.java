package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.katydid.api.Reporter;
import io.katydid.api.State;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.UserDispatcher;
import io.katydid.api.stats.Snapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads what a runner says of a test: in the log, in the run's record and by its own figures. */
class RunRecordTest {

    static class First extends User {
        @Task void task() {
            sleep(60);
        }
    }

    static class Second extends First {}

    private static Stage stage() {
        return Stage.of(First.class, builder -> builder.userClasses(List.of(Second.class))).ready();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        -1, 1,        The number of users is -1. Give 0 or more.
        1,  0,        The spawn rate is 0.0 users per second. It must be > 0.
        1,  -1,       The spawn rate is -1.0 users per second. It must be > 0.
        1,  NaN,      The spawn rate is NaN users per second. It must be > 0.
        1,  Infinity, The spawn rate is Infinity users per second. It must be > 0.
        """) void nonsenseIsRefusedBeforeAnythingBegins(int users, double rate, String text) {
        try (var stage = stage()) {
            assertThatThrownBy(() -> stage.runner.start(users, rate)).hasMessage(text);
            assertThat(stage.events).isEmpty();
            assertThat(stage.runner.state()).isEqualTo(State.READY);
        }
    }

    @Test void aRampIsSaidAtItsBeginAndAtItsEnd() {
        try (var log = new Logged("katydid.runner"); var stage = stage()) {
            stage.runner.start(4, 1000);
            stage.awaitUsers(4);
            Runs.await(() -> stage.events.contains("spawning_complete 4"));
            stage.runner.start(0, 1e6);
            Runs.await(() -> stage.events.contains("spawning_complete 0"));
            assertThat(log.at(Level.INFO)).containsExactly("Ramping to 4 users at a rate of 1000.00 per second",
                "All users spawned: {\"First\": 2, \"Second\": 2} (4 total users)", "Ramping to 0 users at a rate of 1000000.00 per second",
                "All users spawned: {\"First\": 0, \"Second\": 0} (0 total users)");
            assertThat(log.at(Level.WARN)).containsExactly(
                "Your selected spawn rate is very high (1000000.0 per second): users may start later than asked for.");
        }
    }

    @Test void theRecordHasTheOrderTheMarksAndTheTime() {
        var before = Instant.now();
        try (var stage = Stage.of(Stage.Busy.class, builder -> builder.resetStats(true)).ready()) {
            assertThat(stage.runner.run()).isEmpty();
            assertThat(stage.runner.runTime()).isZero();
            stage.runner.start(2, 1000);
            Runs.await(() -> stage.runner.run().orElseThrow().marks().size() == 2);
            var run = stage.runner.run().orElseThrow();
            assertThat(run.parameters()).contains(Map.entry("users", 2), Map.entry("spawn-rate", 1000.0));
            assertThat(run.marks()).extracting("what").containsExactly("ramp done", "statistics reset");
            assertThat(stage.runner.targetUserCount()).isEqualTo(2);
            assertThat(stage.runner.stats()).isSameAs(stage.environment.stats());
            assertThat(run.startTime()).isBetween(before.minusMillis(1), Instant.now());
            double seen = stage.runner.runTime();
            Runs.await(() -> stage.runner.runTime() > seen);
            assertThat(run.endTime()).isEmpty();
            stage.runner.stop();
            double ended = stage.runner.runTime();
            assertThat(run.endTime()).isPresent();
            stage.runner.fault("something of note");
            assertThat(run.faults()).contains("something of note");
            assertThat(stage.runner.runTime()).isEqualTo(ended).isPositive();

            stage.runner.start(1, 1000);
            stage.awaitUsers(1);
            assertThat(stage.runner.run().orElseThrow().id()).isNotEqualTo(run.id());
            assertThat(stage.runner.targetUserCount()).isEqualTo(1);
        }
    }

    /** Keeps the snapshots that are said to be the last. */
    private static final class LastOnes implements Reporter {
        final List<Long> requests = new CopyOnWriteArrayList<>();

        @Override public void snapshot(Snapshot second) {
            if (second.last()) requests.add(second.total().numRequests());
        }
    }

    @Test void aProcessThatEndsUnderATestHasALastSnapshotAndNoOtherHas() {
        var reporter = new LastOnes();
        try (var stage = Stage.of(First.class, builder -> builder.plugin(reporter)).ready()) {
            stage.runner.lastSnapshot();
            stage.runner.start(1, 1000);
            stage.awaitUsers(1);
            stage.environment.events().request().report("GET", "/", 5).success();
            stage.runner.lastSnapshot();
            Runs.await(() -> reporter.requests.size() == 1);
            assertThat(reporter.requests).containsExactly(1L);
            stage.runner.stop();
            stage.runner.lastSnapshot();
            stage.environment.shutdown(1);
            assertThat(reporter.requests).containsExactly(1L, 1L);
        }
    }

    @Test void whatIsOrderedWhileATestEndsIsLeftOutAndSaid() {
        try (var log = new Logged("katydid.runner"); var stage = stage()) {
            stage.environment.events().testStopping().addListener(_ -> stage.runner.start(5, 1000));
            stage.environment.events().quitting().addListener(_ -> stage.runner.start(6, 1000));
            stage.runner.start(1, 1000);
            stage.awaitUsers(1);
            stage.runner.stop();
            assertThat(stage.runner.userCount()).isZero();
            assertThat(log.at(Level.WARN))
                .containsExactly("The test is stopping: start(…) is left out. Start another one when test_stop has fired.");
            stage.runner.quit();
            assertThat(log.at(Level.INFO)).contains("The runner is quitting: start(…) is left out.");
            assertThat(stage.count("test_start")).isEqualTo(1);
        }
    }

    /** Places nobody. */
    private static final class Broken implements UserDispatcher {
        @Override public Iterable<Step> dispatch(int target, double rate, List<Class<? extends User>> only) {
            return () -> { throw new IllegalStateException("no place for anybody"); };
        }

        @Override public void workers(List<String> workerIds) {}

        @Override public void lost(String workerId, String userClass, int count) {}
    }

    @Test void aRampThatFailsEndsTheTestAndFailsTheRun() {
        try (var log = new Logged("katydid.runner");
            var stage = Stage.of(First.class, builder -> builder.userDispatcher((_, _) -> new Broken())).ready()) {
            stage.runner.start(4, 1000);
            Runs.await(() -> stage.count("quitting") == 1);
            assertThat(log.at(Level.ERROR))
                .containsExactly("The ramp to 4 users failed: java.lang.IllegalStateException: no place for anybody");
            assertThat(stage.environment.stats().exceptions()).singleElement()
                .satisfies(row -> assertThat(row.message()).isEqualTo("no place for anybody"));
            assertThat(stage.environment.exitCode(1)).isEqualTo(1);
        }
    }

    @Test void aListenerThatSignalsInARampEndsTheRampOnly() {
        try (var log = new Logged("katydid.runner"); var stage = stage()) {
            var first = new AtomicBoolean(true);
            stage.environment.events().spawning().addListener(_ -> {
                if (first.getAndSet(false)) throw new StopUser();
            });
            stage.runner.start(4, 1000);
            Runs.await(() -> !log.at(Level.WARN).isEmpty());
            assertThat(log.at(Level.WARN))
                .containsExactly("A listener ended the ramp to 4 users with StopUser; throw StopTest to end the test.");
            stage.runner.start(2, 1000);
            stage.awaitUsers(2);
        }
    }
}
