package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.katydid.api.SequentialTaskSet;
import io.katydid.api.State;
import io.katydid.api.StopTest;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.api.event.UserError;
import io.katydid.parity.Parity;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Throws exceptions and signals out of each hook. */
class HooksTest {

    /** Is where something is thrown. */
    enum Place {
        CONSTRUCTOR, USER_START, SET_CONSTRUCTOR, SET_START, TASK, WAIT, SET_STOP, USER_STOP
    }

    private static Place place = Place.TASK;
    private static Throwable thrown = new IllegalStateException();

    @SuppressWarnings("unchecked") private static <X extends Throwable> void at(Place here) throws X {
        LOG.add(here.name());
        if (here == place) throw (X) thrown;
    }

    static class Everywhere extends User {
        Everywhere() {
            at(Place.CONSTRUCTOR);
        }

        @Override protected void onStart() { at(Place.USER_START); }

        @Task
        class Flow extends SequentialTaskSet {
            @Task
            class Set extends TaskSet {
                private int tasks;

                Set() {
                    at(Place.SET_CONSTRUCTOR);
                }

                @Override protected void onStart() { at(Place.SET_START); }

                @Override protected WaitTime waitTime() {
                    return () -> {
                        at(Place.WAIT);
                        return 0;
                    };
                }

                @Task void task() {
                    if (++tasks == 2) interrupt();
                    at(Place.TASK);
                }

                @Override protected void onStop() { at(Place.SET_STOP); }
            }

            @Task void end() {
                LOG.add("end");
                throw new StopUser();
            }
        }

        @Override protected void onStop() {
            LOG.add("stopping");
            at(Place.USER_STOP);
        }
    }

    private static KernelEnvironment run(Place where, Throwable what, List<UserError> errors) {
        place = where;
        thrown = what;
        LOG.clear();
        var builder = new EnvironmentBuilder().userClasses(List.of(Everywhere.class)).loops(1);
        builder.events().userError().addListener(errors::add);
        var environment = builder.build();
        try (environment; var runner = environment.createLocalRunner()) {
            environment.init();
            runner.start(1, 1);
            Runs.await(() -> !LOG.isEmpty() && runner.userCount() == 0);
        }
        return environment;
    }

    /** An exception of a constructor or of onStart is a row too, and fails the run; the reference hides it. */
    @ParameterizedTest
    @EnumSource(Place.class)
    @Parity({"UM-9", "UM-50", "EV-2", "SD-17", "SD-112", "SD-86", "AC-59"}) void anExceptionIsARowAndAnEventWhereverItLeft(Place where) {
        var errors = new CopyOnWriteArrayList<UserError>();
        var boom = new IllegalStateException("boom");
        var environment = run(where, boom, errors);
        assertThat(environment.stats().exceptions()).singleElement().satisfies(row -> {
            assertThat(row.message()).isEqualTo("boom");
            assertThat(row.count()).isEqualTo(where == Place.WAIT ? 2 : 1);
            assertThat(row.nodes()).containsExactly("local");
            assertThat(row.traceback()).contains("IllegalStateException: boom", "HooksTest");
        });
        assertThat(environment.exitCode(1)).isEqualTo(1);
        if (where == Place.CONSTRUCTOR) {
            assertThat(errors).isEmpty();
        } else {
            assertThat(errors.getFirst().exception()).isSameAs(boom);
            assertThat(errors.getFirst().user()).isInstanceOf(Everywhere.class);
            var scenario = switch (where) {
                case CONSTRUCTOR, USER_START, USER_STOP -> "Everywhere";
                // The set it enters does not run yet.
                case SET_CONSTRUCTOR, SET_START -> "Flow";
                case TASK, WAIT, SET_STOP -> "Set";
            };
            assertThat(errors.getFirst().where().getClass().getSimpleName()).isEqualTo(scenario);
        }
        boolean ends = where == Place.CONSTRUCTOR || where == Place.USER_START;
        assertThat(LOG.contains("end")).isEqualTo(!ends);
        assertThat(LOG.contains("stopping")).isEqualTo(where != Place.CONSTRUCTOR);
    }

    @ParameterizedTest
    @EnumSource(Place.class)
    @Parity({"UM-48", "EV-33"}) void aStoppedUserRunsTheLastHooksOfWhatItIsInAndIsNoError(Place where) {
        var environment = run(where, new StopUser(), new CopyOnWriteArrayList<>());
        assertThat(environment.stats().exceptions()).isEmpty();
        assertThat(environment.exitCode(1)).isZero();
        var expected = switch (where) {
            case CONSTRUCTOR -> List.of("CONSTRUCTOR");
            case USER_START -> List.of("USER_START", "stopping", "USER_STOP");
            case SET_CONSTRUCTOR -> List.of("SET_CONSTRUCTOR", "stopping", "USER_STOP");
            case SET_START -> List.of("SET_START", "SET_STOP", "stopping", "USER_STOP");
            case TASK -> List.of("TASK", "SET_STOP", "stopping", "USER_STOP");
            case WAIT -> List.of("WAIT", "SET_STOP", "stopping", "USER_STOP");
            case SET_STOP -> List.of("WAIT", "SET_STOP", "stopping", "USER_STOP");
            case USER_STOP -> List.of("end", "stopping", "USER_STOP");
        };
        assertThat(LOG).endsWith(expected.toArray(String[]::new));
    }

    /** The documented meaning, wherever a script throws it; by its code the reference only ends the user. */
    @ParameterizedTest
    @EnumSource(Place.class)
    @Parity("UM-49") void aStoppedTestStopsTheOtherUsersToo(Place where) {
        place = where;
        thrown = new StopTest("quota used up");
        LOG.clear();
        try (var stage = Stage.of(Everywhere.class, builder -> builder.userClasses(List.of(Stage.Busy.class)));
            var log = new Logged(
                "katydid.runner")) {
            stage.ready().runner.start(2, 1000);
            Runs.await(() -> stage.count("quitting") == 1);
            assertThat(stage.runner.state()).isEqualTo(State.STOPPED);
            assertThat(stage.runner.userCount()).isZero();
            assertThat(log.at(Level.ERROR)).contains("quota used up");
            assertThat(log.at(Level.WARN)).contains("Stopping Katydid...");
        }
    }

    static class Deep extends User {
        @Task
        class Outer extends TaskSet {
            @Task
            class Inner extends TaskSet {
                @Task void task() {
                    LOG.add("ran");
                    throw new IllegalStateException("boom");
                }

                @Override protected void onStop() { LOG.add("inner stops"); }
            }

            @Override protected void onStop() { LOG.add("outer stops"); }
        }

        @Override protected void onStop() { LOG.add("user stops"); }
    }

    @Test
    @Parity({"UM-50", "SD-132"}) void withoutCatchingItEndsTheUserAndIsToldOnce() {
        var errors = new CopyOnWriteArrayList<UserError>();
        var environment = Runs.until(() -> LOG.contains("user stops"), 1, builder -> {
            builder.catchExceptions(false);
            builder.events().userError().addListener(errors::add);
        }, Deep.class);
        assertThat(LOG).containsExactly("ran", "inner stops", "outer stops", "user stops");
        assertThat(errors).singleElement().satisfies(error -> assertThat(error.where().getClass().getSimpleName()).isEqualTo("Inner"));
        assertThat(environment.stats().exceptions()).singleElement().satisfies(row -> assertThat(row.count()).isEqualTo(1));
    }

    static class CannotWait extends User {
        @Override protected WaitTime waitTime() { return () -> { throw new IllegalStateException("no wait"); }; }

        @Task void task() { LOG.add("task"); }

        @Override protected void onStop() { LOG.add("user stops"); }
    }

    @Test void aUserThatCanNeverWaitSaysSoAndEndsRatherThanRunOnWithoutAPause() {
        var environment = Runs.until(() -> LOG.contains("user stops"), CannotWait.class);
        assertThat(LOG).containsExactly("task", "user stops");
        assertThat(environment.stats().exceptions()).singleElement().satisfies(row -> assertThat(row.message()).isEqualTo("no wait"));
    }

    static class Closing extends User {
        @Task void task() { throw new StopUser(); }

        @Override protected void onStop() { throw new IllegalStateException("boom"); }

        @Override protected void release() { LOG.add("closed"); }
    }

    @Test
    @Parity("EV-33") void aListenerThatStopsTheUserInItsLastHookDoesNotKeepItsClientOpen() {
        Runs.until(() -> LOG.contains("closed"), 1,
            builder -> builder.events().userError().addListener(_ -> { throw new StopUser(); }), Closing.class);
        assertThat(LOG).containsExactly("closed");
    }

    static class StopsAtTheEnd extends User {
        @Task void task() {
            sleep(60);
        }

        @Override protected void onStop() { throw new StopTest("again"); }
    }

    @Test
    @Parity("UM-49") void aTestThatIsBeingStoppedIsNotStoppedAgain() {
        try (var log = new Logged("katydid.runner"); var stage = Stage.of(StopsAtTheEnd.class).ready()) {
            stage.runner.start(3, 1000);
            stage.awaitUsers(3);
            stage.runner.stop();
            assertThat(log.at(Level.ERROR)).isEmpty();
            assertThat(stage.count("quitting")).isZero();
            stage.runner.start(1, 1000);
            stage.awaitUsers(1);
        }
    }
}
