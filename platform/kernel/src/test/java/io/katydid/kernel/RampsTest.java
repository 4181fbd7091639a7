package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.katydid.api.FixedCount;
import io.katydid.api.KatydidException;
import io.katydid.api.State;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.UserDispatcher;
import io.katydid.api.Weight;
import io.katydid.parity.Parity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Ramps up and down, and stops with and without a timeout. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RampsTest {

    static class UserA extends User {
        @Task void task() {
            sleep(60);
        }
    }

    static class UserB extends UserA {}

    @BeforeEach void clear() {
        LOG.clear();
    }

    private static Stage two() { return Stage.of(UserA.class, builder -> builder.userClasses(List.of(UserB.class))).ready(); }

    private static double seconds(long begin) { return (System.nanoTime() - begin) / 1e9; }

    @Test
    @Parity({"RN-14", "RN-15", "RN-16"}) void theLogTellsTheRamp() {
        try (var log = new Logged("katydid.runner"); var stage = two()) {
            stage.runner.start(10, 100);
            Runs.await(() -> stage.events.contains("spawning_complete 10"));
            assertThat(log.at(Level.INFO)).containsExactly("Ramping to 10 users at a rate of 100.00 per second",
                "All users spawned: {\"UserA\": 5, \"UserB\": 5} (10 total users)");
            assertThat(log.at(Level.WARN)).isEmpty();
        }
    }

    /** The reference warns above 100 a second; users are cheaper here, so it takes 100,000 for each loop. */
    @Test
    @Parity("RN-13") void aRateThatCannotBeKeptIsWarnedOf() {
        try (var log = new Logged("katydid.runner"); var stage = two()) {
            stage.runner.start(2, 200_000);
            stage.awaitUsers(2);
            assertThat(log.at(Level.WARN)).isEmpty();
            stage.runner.start(3, 200_001);
            assertThat(log.at(Level.WARN)).containsExactly(
                "Your selected spawn rate is very high (200001.0 per second): users may start later than asked for.");
        }
    }

    @Test
    @Parity({"RN-10", "SD-145", "SD-173"}) void numbersThatMakeNoSenseAreRefused() {
        try (var stage = two()) {
            assertThatThrownBy(() -> stage.runner.start(-1, 1)).hasMessage("The number of users is -1. Give 0 or more.");
            assertThatThrownBy(() -> stage.runner.start(1, 0)).hasMessage("The spawn rate is 0.0 users per second. It must be > 0.");
            assertThatThrownBy(() -> stage.runner.start(1, Double.NaN))
                .hasMessage("The spawn rate is NaN users per second. It must be > 0.");
            assertThat(stage.events).isEmpty();
        }
    }

    @Test
    @Parity({"RN-22", "RN-65", "AC-39"}) void aRampDownKeepsTheRateAndAStopDoesNot() {
        try (var stage = Stage.of(UserA.class).ready()) {
            stage.runner.start(10, 1000);
            stage.awaitUsers(10);
            long begin = System.nanoTime();
            stage.runner.start(2, 4);
            Runs.await(() -> stage.events.contains("spawning_complete 2"));
            // Four at once, four a second later.
            assertThat(seconds(begin)).isBetween(0.95, 1.9);
            assertThat(stage.runner.userCount()).isEqualTo(2);
            stage.runner.start(1000, 1);
            begin = System.nanoTime();
            stage.runner.stop();
            assertThat(seconds(begin)).isLessThan(10);
        }
    }

    static class OneSecond extends User {
        @Task void task() throws Exception {
            LOG.add("begin");
            Thread.sleep(1000); // sleeps on purpose: what takes long is the thing under test
        }
    }

    @Test
    @Parity({"AC-68", "RN-21"}) void aRampDownWithAStopTimeoutAwaitsTheTasks() {
        try (var stage = Stage.of(OneSecond.class, builder -> builder.stopTimeout(Duration.ofSeconds(60))).ready()) {
            stage.runner.start(10, 1000);
            Runs.await(() -> Runs.seen(10));
            long begin = System.nanoTime();
            stage.runner.start(2, 4);
            Runs.await(() -> stage.events.contains("spawning_complete 2"));
            assertThat(seconds(begin)).isBetween(0.95, 3.5);
            assertThat(stage.runner.userCount()).isEqualTo(2);
        }
    }

    static class Slow extends User {
        @Task void task() throws Exception {
            LOG.add("begin");
            Thread.sleep(60_000); // sleeps on purpose: what takes long is the thing under test
        }

        @Override protected void onStop() { LOG.add("stop"); }
    }

    @Test
    @Parity({"RN-21", "AC-66"}) void aStopTimeoutThatIsOverIsSaid() {
        try (var log = new Logged("katydid.runner");
            var stage = Stage
                .of(Slow.class, builder -> builder.stopTimeout(Duration.ofMillis(500)).drain(Duration.ZERO)).ready()) {
            stage.runner.start(2, 1000);
            Runs.await(() -> Runs.seen(2));
            long begin = System.nanoTime();
            stage.runner.stop();
            assertThat(seconds(begin)).isBetween(0.5, 10.0);
            assertThat(log.at(Level.INFO)).contains("Not all users finished their tasks & terminated in 0.5 seconds. Stopping them...");
            assertThat(LOG).containsExactly("begin", "begin", "stop", "stop");
        }
    }

    static class LongStart extends User {
        @Override protected void onStart() throws Exception {
            LOG.add("start");
            Thread.sleep(300); // sleeps on purpose: what takes long is the thing under test
            LOG.add("started");
        }

        @Task void task() { LOG.add("task"); }

        @Override protected void onStop() { LOG.add("stop"); }
    }

    @Test
    @Parity("AC-66") void withAStopTimeoutOnStartMayFinishButNoTaskBegins() {
        try (var stage = Stage.of(LongStart.class, builder -> builder.stopTimeout(Duration.ofSeconds(60))).ready()) {
            stage.runner.start(1, 1000);
            Runs.await(() -> Runs.seen(1));
            stage.runner.stop();
            assertThat(LOG).containsExactly("start", "started", "stop");
        }
    }

    static class SlowStop extends UserA {
        @Override protected void onStart() { LOG.add("started"); }

        @Override protected void onStop() { sleep(0.1); }
    }

    @Test
    @Parity({"AC-38", "RN-20"}) void usersStopBesideEachOther() {
        try (var stage = Stage.of(SlowStop.class).ready()) {
            stage.runner.start(100, 1000);
            // One that is stopped before it has started has nothing to stop.
            Runs.await(() -> LOG.size() == 100);
            long begin = System.nanoTime();
            stage.runner.quit();
            // One after the other it would be ten seconds.
            assertThat(seconds(begin)).isBetween(0.1, 5.0);
        }
    }

    static class Once extends User {
        @Task void task() {
            if (LOG.size() < 2) {
                LOG.add("leaves");
                throw new StopUser();
            }
            sleep(60);
        }
    }

    @Test
    @Parity({"RN-29", "UM-48"}) void usersThatEndedAreReplacedByTheNextStartOnly() {
        try (var stage = Stage.of(Once.class).ready()) {
            stage.runner.start(5, 1000);
            Runs.await(() -> Runs.seen(2) && stage.events.contains("spawning_complete 5") || stage.runner.userCount() == 3);
            Runs.await(() -> stage.runner.userCount() == 3 && stage.runner.state() == State.RUNNING);
            stage.runner.start(6, 1000);
            Runs.await(() -> stage.runner.userCount() == 6 && stage.runner.state() == State.RUNNING);
            assertThat(LOG).hasSize(2);
        }
    }

    static class Asks extends User {
        @Task void task() {
            LOG.add(runtimeForClient().host());
            throw new StopUser();
        }

        @Override public String host() { return "http://of.the.class"; }
    }

    @ParameterizedTest
    @CsvSource({",http://of.the.class", "http://of.the.environment,http://of.the.environment"})
    @Parity({"RN-12", "UM-1", "SD-14"}) void theHostOfTheEnvironmentWinsOverThatOfTheClass(String of, String expected) {
        try (var stage = Stage.of(Asks.class).ready()) {
            if (of != null) stage.environment.host(of);
            stage.runner.start(1, 1000);
            Runs.await(() -> Runs.seen(1));
            assertThat(LOG).containsExactly(expected);
        }
    }

    /** Says what there should be in four steps: a user more of one class, then fewer of it and one of the other. */
    private static final class Scripted implements UserDispatcher {
        @Override public Iterable<Step> dispatch(int target, double rate, List<Class<? extends User>> only) {
            return List.of(step(2, 0), step(1, 1), step(0, 3));
        }

        private static Step step(int a, int b) { return new Step(Map.of("local", Map.of("UserA", a, "UserB", b)), 0); }

        @Override public void workers(List<String> workerIds) {}

        @Override public void lost(String workerId, String userClass, int count) {}
    }

    /** The reference's spawn_users and stop_users are not public here: a dispatcher of one's own says how many of which class there are. */
    @Test
    @Parity({"RN-28", "RN-74", "RN-23"}) void anotherDispatcherDecidesHowManyOfWhichClassThereAre() {
        var counts = new CopyOnWriteArrayList<String>();
        try (var stage = Stage.of(UserA.class,
            builder -> builder.userClasses(List.of(UserB.class)).userDispatcher((classes, workers) -> {
                counts.add(classes.stream().map(UserClass::name).toList() + " on " + workers);
                return new Scripted();
            }))) {
            // When users are about to come, those that will go are still there.
            stage.environment.events().spawning().addListener(event -> counts.add("+" + event.userCount() + " " + event.userClass().name()
                + " beside " + stage.runner.userCount()));
            stage.ready().runner.start(3, 1000);
            Runs.await(() -> stage.events.contains("spawning_complete 3"));
            assertThat(stage.runner.userCounts()).isEqualTo(Map.of("UserA", 0, "UserB", 3));
        }
        assertThat(counts).containsExactly("[UserA, UserB] on [local]", "+2 UserA beside 0", "+1 UserB beside 2", "+2 UserB beside 2");
    }

    @Weight(0)
    static class Zero extends UserA {}

    @Weight(-1.5)
    static class Negative extends UserA {}

    @Weight(0.5)
    static class Half extends UserA {}

    @Weight(Double.NaN)
    static class NoNumber extends UserA {}

    @Test
    @Parity({"UM-5", "SD-15", "AC-97"}) void classesWithoutAWeightAreLeftOut() {
        try (var stage = Stage.of(UserA.class,
            builder -> builder.userClasses(List.of(Zero.class, Negative.class, Half.class))).ready()) {
            stage.runner.start(9, 1000);
            stage.awaitUsers(9);
            assertThat(stage.runner.userCounts()).isEqualTo(Map.of("UserA", 6, "Half", 3));
            assertThat(stage.environment.userClasses().stream().map(UserClass::name)).containsExactly("Half", "UserA");
        }
        try (var stage = Stage.of(Zero.class).ready()) {
            assertThatThrownBy(() -> stage.runner.start(1, 1)).isInstanceOf(KatydidException.class)
                .hasMessage("There are no users with weight > 0. Give one of the classes a weight.");
        }
        assertThatThrownBy(() -> Stage.of(NoNumber.class))
            .hasMessage("The weight of NoNumber is NaN. Give a number, such as 1 or 0.5; 0 leaves the class out.");
    }

    @Test
    @Parity({"AC-97", "SD-130", "UM-15", "UM-16", "OT-3"}) void classesCanBeGivenAndEditedBetweenTests() {
        try (var stage = Stage.of(UserA.class, builder -> builder.equalWeights(true)).ready()) {
            stage.environment.userClasses(List.of(Half.class, Asks.class));
            var half = stage.environment.userClasses().getLast();
            assertThat(half.name()).isEqualTo("Half");
            // Logs and threads have the simple name, which is unique in an environment; the full one is the class's.
            assertThat(half.type().getName()).isEqualTo("io.katydid.kernel.RampsTest$Half");
            assertThat(half.weight()).isEqualTo(1);
            assertThat(half.fixedCount()).isZero();
            assertThat(half.host()).isEmpty();
            assertThat(half.tasks()).containsExactly("task");
            half.fixedCount(2);
            assertThatThrownBy(() -> half.fixedCount(-1)).hasMessage("The fixed count of Half is -1. Give 0 or more.");
            assertThatThrownBy(() -> half.tasks(List.of("tusk")))
                .hasMessage("The user class Half has no task 'tusk'. Its tasks are [task].");
            stage.runner.start(2, 1000);
            Runs.await(() -> stage.runner.users().size() == 2);
            assertThat(stage.runner.userCounts()).isEqualTo(Map.of("Half", 2));
            assertThat(stage.runner.users().stream().map(user -> user.thread().getName())).containsExactly("Half-1", "Half-2");
        }
    }

    @Test
    @Parity({"UM-6", "SD-16"}) void aFixedCountIsExactWhateverTheWeight() {
        try (var stage = Stage.of(UserA.class, builder -> builder.userClasses(List.of(Three.class))).ready()) {
            stage.runner.start(10, 1000);
            stage.awaitUsers(10);
            assertThat(stage.runner.userCounts()).isEqualTo(Map.of("Three", 3, "UserA", 7));
        }
    }

    @Weight(100)
    @FixedCount(3)
    static class Three extends UserA {}
}
