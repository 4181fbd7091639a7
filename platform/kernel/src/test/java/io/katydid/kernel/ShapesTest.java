package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.katydid.api.Environment;
import io.katydid.api.LoadTestShape;
import io.katydid.api.State;
import io.katydid.api.StopTest;
import io.katydid.api.Task;
import io.katydid.api.Tick;
import io.katydid.api.User;
import io.katydid.api.spi.ShapeRuntime;
import io.katydid.parity.Parity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lets load shapes drive runs. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ShapesTest {

    static class First extends User {
        @Task void task() {
            sleep(60);
        }
    }

    static class Second extends First {}

    /** Answers one tick after the other, and notes when it was asked. */
    private static final class Listed extends LoadTestShape {
        private final List<Tick> ticks;
        final List<Long> asked = new CopyOnWriteArrayList<>();

        Listed(Tick... ticks) {
            this.ticks = List.of(ticks);
        }

        @Override public Tick tick() {
            asked.add(System.nanoTime());
            return asked.size() > ticks.size() ? stop() : ticks.get(asked.size() - 1);
        }
    }

    @SafeVarargs private static Tick users(int users, double rate, Class<? extends User>... only) {
        return new Tick(users, rate, List.of(only), false);
    }

    private static Stage stage(LoadTestShape shape) {
        return Stage.of(First.class, builder -> builder.userClasses(List.of(Second.class)).shape(shape)).ready();
    }

    @Test
    @Parity({"RN-40", "RN-41", "RN-42", "RN-43", "AC-58", "SD-170"}) void itIsAskedOnceASecondAndOnlyAChangeStartsARamp() {
        var shape = new Listed(users(4, 1000), users(4, 1000), users(2, 1000));
        try (var log = new Logged("katydid.runner"); var stage = stage(shape)) {
            assertThat(stage.runner.state()).isEqualTo(State.READY);
            stage.runner.startShape();
            Runs.await(() -> stage.count("quitting") == 1);
            assertThat(stage.events).containsExactly("test_start", "spawning_complete 4", "spawning_complete 2", "test_stopping",
                "test_stop",
                "quitting");
            assertThat(log.at(Level.INFO)).filteredOn(line -> line.startsWith("Shape")).containsExactly(
                "Shape test updating to 4 users at 1000.00 spawn rate", "Shape test updating to 2 users at 1000.00 spawn rate",
                "Shape test stopping");
        }
        assertThat(shape.asked).hasSize(4);
        for (int i = 1; i < 4; i++) assertThat((shape.asked.get(i) - shape.asked.get(i - 1)) / 1e9).isBetween(0.95, 10.0);
    }

    @Test
    @Parity({"RN-43", "SD-170"}) void withAConsoleItsEndStopsTheTestOnly() {
        try (var stage = Stage.of(First.class, builder -> builder.shape(new Listed(users(1, 10))).headless(false)).ready()) {
            stage.runner.startShape();
            Runs.await(() -> stage.count("test_stop") == 1);
            stage.awaitState(State.STOPPED);
            assertThat(stage.runner.shapeCompleted()).isTrue();
            assertThat(stage.count("quitting")).isZero();
        }
    }

    @Test
    @Parity({"RN-44", "RN-10"}) void aStageThatASlowRampWouldOutliveIsNotSkipped() {
        try (var stage = stage(new Listed(users(1000, 1), users(3, 1000), users(5, 1000)))) {
            stage.runner.startShape();
            Runs.await(() -> stage.count("quitting") == 1);
            // The first ramp would take 1,000 s.
            assertThat(stage.events).containsSubsequence("test_start", "spawning_complete 3", "spawning_complete 5", "test_stopping")
                .doesNotContain("spawning_complete 1000");
        }
    }

    @Test
    @Parity({"RN-41", "RN-48"}) void theThirdPartNamesTheClassesOfTheUsersToCome() {
        var counts = new CopyOnWriteArrayList<Map<String, Integer>>();
        var shape = new Listed(users(2, 1000, First.class), users(5, 1000, Second.class), users(5, 1000, Second.class));
        try (var stage = stage(shape)) {
            stage.environment.events().spawningComplete().addListener(_ -> counts.add(stage.runner.userCounts()));
            stage.runner.startShape();
            Runs.await(() -> stage.count("quitting") == 1);
        }
        assertThat(counts).hasSize(2);
        assertThat(counts.getFirst()).containsEntry("First", 2).doesNotContainEntry("Second", 1);
        assertThat(counts.getLast()).isEqualTo(Map.of("First", 2, "Second", 3));
    }

    @Test
    @Parity("RN-47") void aSecondStartIsLeftOut() {
        try (var log = new Logged("katydid.runner"); var stage = stage(new Listed(users(1, 10), users(1, 10), users(1, 10)))) {
            stage.runner.startShape();
            Runs.await(() -> stage.runner.userCount() == 1);
            stage.runner.startShape();
            assertThat(log.at(Level.INFO)).contains("There is an ongoing shape test running. Editing is disabled");
            assertThat(stage.count("test_start")).isEqualTo(1);
            assertThat(stage.runner.shapeCompleted()).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
        -1, 5,         "Wrong.tick() returned users(-1, 5.0): users cannot be negative, and the spawn rate is a number above 0. The run is stopped."
        5,  0,         "Wrong.tick() returned users(5, 0.0): users cannot be negative, and the spawn rate is a number above 0. The run is stopped."
        5,  -2,        "Wrong.tick() returned users(5, -2.0): users cannot be negative, and the spawn rate is a number above 0. The run is stopped."
        5,  NaN,       "Wrong.tick() returned users(5, NaN): users cannot be negative, and the spawn rate is a number above 0. The run is stopped."
        5,  Infinity,  "Wrong.tick() returned users(5, Infinity): users cannot be negative, and the spawn rate is a number above 0. The run is stopped."
        0,  0,         "Wrong.tick() returned null. Return users(…) or stop()."
        """, quoteCharacter = '"')
    @Parity({"SD-173", "SD-170"}) void nonsenseStopsTheRunAtOnceAndFailsIt(int users, double rate, String text) {
        try (var log = new Logged("katydid.runner"); var stage = stage(new Wrong(users, rate))) {
            stage.runner.startShape();
            Runs.await(() -> stage.count("quitting") == 1);
            assertThat(stage.runner.state()).isEqualTo(State.STOPPED);
            assertThat(stage.runner.userCount()).isZero();
            assertThat(log.at(Level.ERROR)).containsExactly("The load shape failed and the run is stopped: " + text);
            assertThat(stage.environment.stats().exceptions()).singleElement().satisfies(row -> assertThat(row.message()).isEqualTo(text));
            assertThat(stage.environment.shutdown(1)).isEqualTo(1);
        }
    }

    /** Runs well for a second. */
    static final class Wrong extends LoadTestShape {
        private final int users;
        private final double rate;
        private boolean begun;

        Wrong(int users, double rate) {
            this.users = users;
            this.rate = rate;
        }

        @SuppressWarnings("NullAway")
        @Override public Tick tick() {
            if (!begun) {
                begun = true;
                return users(2, 1000);
            }
            return users == 0 && rate == 0 ? null : users(users, rate);
        }
    }

    static final class Asks extends LoadTestShape {
        final List<String> seen = new ArrayList<>();

        @Override public Tick tick() {
            seen.add(runTime() + " s, " + currentUserCount() + " users, " + environment().parsedOptions().find("users").isPresent());
            if (runTime() >= 60) resetTime();
            return stop();
        }

        @Override protected boolean useCommonOptions() { return true; }
    }

    @Test
    @Parity({"RN-45", "RN-46", "SD-171", "SD-172"}) void itKnowsItsTimeTheUsersAndTheOptions() {
        var clock = new AtomicLong();
        var shape = new Asks();
        assertThatThrownBy(shape::tick).hasMessage(
            Asks.class.getName() + " asked for its environment before the run. Ask in tick(), not in the constructor.");
        try (var environment = new EnvironmentBuilder().userClasses(List.of(First.class)).loops(1).build()) {
            environment.createLocalRunner();
            shape.bind(new Bound(environment, clock));
            shape.tick();
            clock.addAndGet(61_500_000_000L);
            shape.tick();
            clock.addAndGet(2_000_000_000L);
            shape.tick();
        }
        assertThat(shape.seen).containsExactly("0.0 s, 0 users, false", "61.5 s, 0 users, false", "2.0 s, 0 users, false");
        assertThat(shape.readsCommonOptions()).isTrue();
        assertThat(new Listed().readsCommonOptions()).isFalse();
    }

    /** Is the example of the seed. */
    static final class RampShape extends LoadTestShape {
        private record Stage(int until, int users, double rate) {}

        private static final List<Stage> STAGES = List.of(new Stage(60, 100, 5), new Stage(120, 200, 10));

        @Override public Tick tick() {
            for (var stage : STAGES) {
                if (runTime() < stage.until) return users(stage.users, stage.rate);
            }
            return stop();
        }
    }

    @Test
    @Parity({"SD-3", "SD-170", "RN-41"}) void theExampleGoesThroughItsStages() {
        var clock = new AtomicLong();
        var shape = new RampShape();
        try (var environment = new EnvironmentBuilder().userClasses(List.of(First.class)).loops(1).build()) {
            shape.bind(new Bound(environment, clock));
            var seen = new ArrayList<Tick>();
            for (int second = 0; second <= 120; second++) {
                clock.set(second * 1_000_000_000L);
                seen.add(shape.tick());
            }
            assertThat(seen.subList(0, 60)).containsOnly(users(100, 5));
            assertThat(seen.subList(60, 120)).containsOnly(users(200, 10));
            assertThat(seen.getLast().stop()).isTrue();
        }
    }

    private record Bound(Environment environment, AtomicLong clock) implements ShapeRuntime {
        @Override public long nanoTime() { return clock.get(); }
    }

    static final class Signals extends LoadTestShape {
        @Override public Tick tick() { throw new StopTest("quota used up"); }
    }

    @Test
    @Parity("UM-49") void itStopsTheTestByASignal() {
        try (var log = new Logged("katydid.runner"); var stage = stage(new Signals())) {
            stage.runner.startShape();
            Runs.await(() -> stage.count("quitting") == 1);
            assertThat(log.at(Level.ERROR)).containsExactly("quota used up");
            assertThat(stage.environment.stats().exceptions()).isEmpty();
        }
    }

    @Test
    @Parity("SD-134") void theEnvironmentHasOneShapeOrNone() {
        try (var stage = Stage.of(First.class).ready()) {
            assertThatThrownBy(() -> stage.runner.startShape()).hasMessage("There is no load shape to start. Give the environment one.");
            var shape = new Listed();
            stage.environment.shapeClass(Optional.of(shape));
            assertThat(stage.environment.shapeClass()).containsSame(shape);
        }
    }
}
