package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Host;
import io.katydid.api.Setting;
import io.katydid.api.StopUser;
import io.katydid.api.Tag;
import io.katydid.api.Task;
import io.katydid.api.TaskList;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import io.katydid.api.spi.Birth;
import io.katydid.api.spi.UserRuntime;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Calls the platform from users, and looks at what the calls give and throw. */
class UserCallsTest {

    @BeforeEach void clear() {
        LOG.clear();
    }

    static class InterruptsItself extends User {
        @Task void task() {
            long begin = System.nanoTime();
            Thread.currentThread().interrupt();
            sleep(60);
            LOG.add("slept " + ((System.nanoTime() - begin) / 1e9 < 10 ? "shortly" : "on") + ", still set: " + Thread.interrupted());
            throw new StopUser();
        }
    }

    @Test void anInterruptOfItsOwnEndsASleepAndStaysSet() {
        Runs.until(() -> Runs.seen(1), InterruptsItself.class);
        assertThat(LOG).containsExactly("slept shortly, still set: true");
    }

    static class Blocks extends User {
        @Task void task() throws Exception {
            LOG.add("value " + blocking(() -> 7));
            try {
                blocking(() -> { throw new IOException("no file"); });
            } catch (IOException problem) {
                LOG.add(problem.getMessage());
            }
            Thread.currentThread().interrupt();
            try {
                blocking(() -> {
                    new CountDownLatch(1).await();
                    return 0;
                });
            } catch (CancellationException cut) {
                LOG.add("cut off");
            }
            Thread.interrupted();
            throw new StopUser();
        }
    }

    @Test void aBlockingCallGivesItsValueItsExceptionOrIsCutOff() {
        Runs.until(() -> Runs.seen(3), Blocks.class);
        assertThat(LOG).containsExactly("value 7", "no file", "cut off");
    }

    static class Early extends User {
        private final UserRuntime runtime = Birth.current(Early.class).runtime();

        Early() {
            try {
                runtime.user();
            } catch (IllegalStateException early) {
                LOG.add(early.getMessage());
            }
            LOG.add("context " + runtime.context());
        }

        @Task void task() {
            LOG.add("made " + runtime.user().equals(this));
            throw new StopUser();
        }
    }

    @Test void aUserThatIsBeingMadeCannotBeAskedFor() {
        Runs.until(() -> Runs.seen(3), Early.class);
        assertThat(LOG).containsExactly("The user is still being constructed: ask for it in onStart().", "context {}", "made true");
    }

    static class Queues extends User {
        private final UserRuntime runtime = Birth.current(Queues.class).runtime();

        @Task
        class Walk extends TaskSet {
            @Task void task() {
                try {
                    runtime.schedule(this, 5, false);
                } catch (IllegalArgumentException wrong) {
                    LOG.add(wrong.getMessage());
                }
                throw new StopUser();
            }
        }
    }

    @Test void whatIsNoTaskIsNotQueued() {
        Runs.until(() -> Runs.seen(1), Queues.class);
        assertThat(LOG).containsExactly("A task is code or the class of a task set, not 5.");
    }

    @Host("http://of.the.class")
    static class Hosted extends User {
        private final UserRuntime runtime = Birth.current(Hosted.class).runtime();

        @Task void task() {
            LOG.add(runtime.host());
            sleep(0.001);
        }
    }

    @Test void theHostIsTheEnvironmentsBeforeThatOfTheClass() {
        try (var stage = Stage.of(Hosted.class).ready()) {
            stage.runner.start(1, 1000);
            Runs.await(() -> LOG.contains("http://of.the.class"));
            stage.environment.host("http://of.the.run");
            Runs.await(() -> LOG.contains("http://of.the.run"));
        }
    }

    static class Sets extends User {
        @Task
        class Emptied extends TaskSet {
            @Tag("b")
            @Task void other() {}

            void helper() {}
        }

        @Task
        class Filled extends TaskSet {
            @Override protected TaskList tasks() {
                return TaskList.empty().and(this::later);
            }

            @Tag("a") void later() {
                LOG.add("later");
            }
        }

        @Tag("a")
        @Task void task() { LOG.add("task"); }
    }

    @Test void aSetThatTagsLeaveNothingOfIsNotEnteredUnlessItAddsTasksAsItRuns() {
        var environment = Runs.until(() -> LOG.contains("later"), 1, builder -> builder.tags(Set.of("a")), Sets.class);
        assertThat(environment.userClasses().getFirst().tasks()).containsExactly("Filled", "task");
        assertThat(environment.stats().exceptions()).isEmpty();
    }

    static class Chosen extends User {
        @Task void one() { LOG.add("one"); }

        @Task void two() { LOG.add("two"); }

        @Override protected TaskList tasks() { return TaskList.empty().and(() -> LOG.add("lambda")); }
    }

    /** A lambda has no name, so nobody can have left it out. */
    @Test void tasksThatAreNamedForAClassAreTheOnlyNamedOnes() {
        try (var stage = Stage.of(Chosen.class).ready()) {
            stage.environment.updateUserClass(Map.of("user_class_name", "Chosen", "tasks", List.of("two")));
            stage.runner.start(1, 1000);
            Runs.await(() -> Runs.seen(50));
            assertThat(LOG).contains("two", "lambda").doesNotContain("one");
        }
    }

    static class Tuned extends User {
        @Setting private int count = 1;
        @Setting private long length = 1;
        @Setting private double share = 1;
        @Setting private boolean quick;
        @Setting private Integer boxedCount = 1;
        @Setting private Long boxedLength = 1L;
        @Setting private Double boxedShare = 1.0;
        @Setting private Boolean boxedQuick = false;
        @Setting private String name = "a";
        @Setting private Object any = "";

        @Override protected void onStart() {
            LOG.add(count + " " + length + " " + share + " " + quick);
            LOG.add(boxedCount + " " + boxedLength + " " + boxedShare + " " + boxedQuick);
            LOG.add(name + " " + any);
        }

        @Task void task() { throw new StopUser(); }
    }

    @Test void aUserHasItsSettingsBeforeItsFirstHook() {
        try (var stage = Stage.of(Tuned.class).ready()) {
            stage.environment.updateUserClass(Map.of("user_class_name", "Tuned", "count", 7, "length", 8, "share", 9, "quick", true));
            stage.environment.updateUserClass(
                Map.of("user_class_name", "Tuned", "boxedCount", 2, "boxedLength", 3, "boxedShare", 4, "boxedQuick", true));
            stage.environment.updateUserClass(Map.of("user_class_name", "Tuned", "name", 5, "any", List.of(1)));
            stage.runner.start(1, 1000);
            Runs.await(() -> Runs.seen(3));
        }
        assertThat(LOG).containsExactly("7 8 9.0 true", "2 3 4.0 true", "5 [1]");
    }
}
