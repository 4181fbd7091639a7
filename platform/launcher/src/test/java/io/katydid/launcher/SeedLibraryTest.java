package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.katydid.api.CatchResponseError;
import io.katydid.api.InterruptTaskSet;
import io.katydid.api.KatydidException;
import io.katydid.api.LoadTestShape;
import io.katydid.api.RescheduleTask;
import io.katydid.api.RescheduleTaskImmediately;
import io.katydid.api.ResponseError;
import io.katydid.api.State;
import io.katydid.api.StopTest;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.Tick;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.api.Weight;
import io.katydid.api.stats.StatsEntry;
import io.katydid.api.stats.StatsError;
import io.katydid.parity.Parity;
import java.io.StringReader;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Uses environments, runners and statistics in a program of one's own, with the names the reference has for them. */
class SeedLibraryTest {

    @Test
    @Parity("SD-130") void classesMayComeLater() {
        try (var environment = Katydid.environment().build()) {
            environment.userClasses(List.of(Scene.Buyer.class));
            try (var runner = environment.createLocalRunner()) {
                environment.init();
                runner.start(1, 10);
                await().until(() -> runner.userCount() == 1);
                assertThat(runner.users()).singleElement().isInstanceOf(Scene.Buyer.class);
            }
        }
    }

    @Test
    @Parity({"SD-145", "SD-146", "SD-148", "SD-149", "SD-197", "AC-43"}) void aRunnerStartsAndStops() throws Exception {
        try (var environment = Katydid.environment(Scene.Buyer.class).build(); var runner = environment.createLocalRunner()) {
            environment.init();
            assertThat(runner.state()).isEqualTo(State.READY);
            runner.start(3, 2);
            assertThat(runner.targetUserCount()).isEqualTo(3);
            assertThat(runner.userCount()).as("the start does not wait for the ramp").isLessThan(3);
            assertThat(runner.state()).isEqualTo(State.SPAWNING);
            await().until(() -> runner.state() == State.RUNNING);
            assertThat(runner.userCount()).isEqualTo(3);
            assertThat(runner.users()).hasSize(3).allMatch(user -> user.thread().isAlive());
            assertThat(runner.stats()).isSameAs(environment.stats());
            runner.stop();
            assertThat(runner.state()).isEqualTo(State.STOPPED);
            assertThat(runner.userCount()).as("the stop waits").isZero();
            runner.quit();
            runner.join();
        }
    }

    @Test
    @Parity("OT-1") void aSecondRunnerIsRefused() {
        try (var environment = Katydid.environment(Scene.Buyer.class).build(); var runner = environment.createLocalRunner()) {
            assertThat(environment.runner()).isSameAs(runner);
            assertThatThrownBy(environment::createLocalRunner).isInstanceOf(KatydidException.class).hasMessageContaining("runner");
        }
    }

    /** Throws once a turn. */
    public static class Throwing extends User {
        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Task void fall() { throw new IllegalStateException("fell"); }
    }

    @Test
    @Parity({"SD-132", "UM-50", "AC-59"}) void exceptionsAreCaughtOrEndTheUser() {
        try (var environment = Katydid.environment(Throwing.class).build(); var runner = environment.createLocalRunner()) {
            environment.init();
            runner.start(1, 10);
            await().until(() -> environment.stats().exceptions().stream().mapToLong(row -> row.count()).sum() > 2);
            assertThat(runner.userCount()).isOne();
            assertThat(environment.stats().total().numRequests()).isZero();
        }
        try (var environment = Katydid.environment(Throwing.class).catchExceptions(false).build();
            var runner = environment.createLocalRunner()) {
            environment.init();
            runner.start(1, 10);
            await().until(() -> !environment.stats().exceptions().isEmpty() && runner.userCount() == 0);
            assertThat(environment.stats().exceptions()).singleElement().satisfies(row -> assertThat(row.count()).isOne());
        }
    }

    @Test
    @Parity("SD-134") void aShapeIsAnInstanceAndNoneByDefault() {
        var shape = new Scene.Short();
        try (var none = Katydid.environment(Scene.Buyer.class).build();
            var one = Katydid.environment(Scene.Buyer.class).shape(shape).build()) {
            assertThat(none.shapeClass()).isEmpty();
            assertThat(one.shapeClass()).containsSame(shape);
            one.shapeClass(Optional.empty());
            assertThat(one.shapeClass()).isEmpty();
        }
    }

    /** Has control points, a limit and a duration of its own. */
    public static final class Points extends LoadTestShape {
        private final double limit = 2.5;
        private final List<Integer> points = List.of(1, 3, 2);
        final List<Integer> counts = new CopyOnWriteArrayList<>();
        private int turn;

        @Override public Tick tick() {
            if (turn == 0) resetTime();
            counts.add(currentUserCount());
            return runTime() > limit || turn == points.size() ? stop() : users(points.get(turn++), 100);
        }
    }

    @Test
    @Parity({"SD-170", "SD-171", "SD-172", "AC-58"}) void aShapeHasAClockACountAndPointsOfItsOwn() throws Exception {
        var shape = new Points();
        try (var environment = Katydid.environment(Scene.Buyer.class).shape(shape).build(); var runner = environment.createLocalRunner()) {
            environment.init();
            runner.startShape();
            await().until(() -> runner.state() == State.STOPPED);
            assertThat(shape.counts).startsWith(0, 1, 3);
            assertThat(environment.shapeClass()).containsSame(shape);
        }
    }

    @Test
    @Parity({"SD-140", "SD-141", "SD-155", "SD-156", "SD-157", "SD-158", "SD-159"}) void statisticsHaveTheSeedsNames() {
        try (var environment = Katydid.environment(Scene.Buyer.class).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(0, 1);
            var entry = environment.stats().get("/a", "GET");
            assertThat(environment.stats().get("/a", "GET")).isEqualTo(entry);
            entry.logResponse(10, 100);
            entry.logResponse(30, 100);
            entry.logError(new CatchResponseError("no id"));
            runner.quit();
            assertThat(environment.stats().entries()).extracting(StatsEntry::name).containsExactly("/a");
            assertThat(List.of(entry.name(), entry.method())).isEqualTo(List.of("/a", "GET"));
            assertThat(entry.numRequests()).isEqualTo(2);
            assertThat(entry.numFailures()).isOne();
            assertThat(entry.avgResponseTime()).isEqualTo(20);
            assertThat(entry.failRatio()).isEqualTo(0.5);
            assertThat(entry.currentRps()).isNotNegative();
            assertThat(entry.failures()).extracting(StatsError::error).containsExactly("no id");
            assertThat(entry.failuresJson()).startsWith("[").contains("\"no id\"");
            assertThat(environment.stats().total().name()).isEqualTo("Aggregated");
            environment.stats().resetAll();
            assertThat(environment.stats().get("/a", "GET").numRequests()).isZero();
            assertThat(environment.stats().errors()).isEmpty();
        }
    }

    @Test
    @Parity("SD-164") void failuresAreReadBackFromTheirLog() {
        assertThat(
            StatsError.parseErrorLog(new StringReader("Method,Name,Error,Occurrences,First Seen,Last Seen\r\nGET,/a,\"no, id\",3,,\r\n")))
            .containsExactly(new StatsError("GET", "/a", "no, id", 3, Optional.empty(), Optional.empty()));
    }

    @Test
    @Parity("SD-123") void theExceptionsAreInOnePackage() {
        assertThat(List.of(InterruptTaskSet.class, RescheduleTask.class, RescheduleTaskImmediately.class, StopUser.class, StopTest.class,
            ResponseError.class, CatchResponseError.class, KatydidException.class))
            .allSatisfy(type -> {
                assertThat(type.getPackage()).isEqualTo(User.class.getPackage());
                assertThat(Modifier.isPublic(type.getModifiers())).isTrue();
                assertThat(Throwable.class).isAssignableFrom(type);
            });
    }

    /** Has a quarter. */
    @Weight(0.5)
    public static class Half extends Scene.Buyer {}

    /** Has three quarters. */
    @Weight(1.5)
    public static class More extends Scene.Buyer {}

    /** Has nothing. */
    @Weight(0)
    public static class None extends Scene.Buyer {}

    @Test
    @Parity({"SD-15", "UM-5", "OT-3", "OT-4", "AC-97"}) void weightsAreFractionsNothingIsLeftOutAndAllCanBeMadeEqual() {
        try (var environment = Katydid.environment(Half.class, More.class, None.class).build();
            var runner = environment.createLocalRunner()) {
            environment.init();
            runner.start(4, 100);
            await().until(() -> runner.state() == State.RUNNING);
            assertThat(runner.users()).extracting(user -> user.getClass().getSimpleName())
                .containsExactlyInAnyOrder("Half", "More", "More", "More");
        }
        try (var environment = Katydid.environment(Half.class, More.class).equalWeights(true).build();
            var runner = environment.createLocalRunner()) {
            environment.init();
            runner.start(4, 100);
            await().until(() -> runner.state() == State.RUNNING);
            assertThat(runner.users()).extracting(user -> user.getClass().getSimpleName())
                .containsExactlyInAnyOrder("Half", "Half", "More", "More");
        }
    }

    /** Holds a class whose name another one has. */
    static final class Other {
        /** Has the name of another class. */
        public static class Buyer extends Scene.Buyer {}
    }

    @Test
    @Parity("OT-4") void twoClassesOfOneNameAreRefused() {
        assertThatThrownBy(() -> Katydid.environment(Scene.Buyer.class, Other.Buyer.class).build().close())
            .hasMessageStartingWith("The following user classes have the same class name: ");
        assertThatThrownBy(() -> {
            try (var environment = Katydid.environment(None.class).build(); var runner = environment.createLocalRunner()) {
                environment.init();
                runner.start(1, 1);
            }
        }).hasMessageStartingWith("There are no users with weight > 0.");
    }
}
