package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.InterruptTaskSet;
import io.katydid.api.MarkovTaskSet;
import io.katydid.api.RescheduleTask;
import io.katydid.api.RescheduleTaskImmediately;
import io.katydid.api.SequentialTaskSet;
import io.katydid.api.StopTest;
import io.katydid.api.StopUser;
import io.katydid.api.Tag;
import io.katydid.api.Task;
import io.katydid.api.TaskList;
import io.katydid.api.TaskSet;
import io.katydid.api.Tasks;
import io.katydid.api.Transition;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.parity.Parity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Runs users of every kind and looks at the order of what they did. */
class UsersTest {

    static class Ordered extends User {
        @Task
        class Flow extends SequentialTaskSet {
            @Task void zero() { LOG.add("zero"); }

            @Task
            class Nested extends TaskSet {
                @Override protected void onStart() { LOG.add("start"); }

                @Task void inside() {
                    LOG.add("inside");
                    interrupt();
                }

                @Override protected void onStop() { LOG.add("stop"); }
            }

            @Task(2) void alpha() { LOG.add("alpha"); }
        }
    }

    @Test
    @Parity({"UM-60", "UM-43", "UM-53"}) void aSequenceFollowsTheSourceWithNestedSetsInTheirPlace() {
        Runs.until(() -> Runs.seen(14), Ordered.class);
        assertThat(LOG.subList(0, 7)).containsExactly("zero", "start", "inside", "stop", "alpha", "alpha", "zero");
    }

    static class Weighted extends User {
        @Task(3) void often() { LOG.add("often"); }

        @Task void seldom() { LOG.add("seldom"); }

        @Task(0) void never() { LOG.add("never"); }
    }

    @Test
    @Parity({"UM-18", "UM-30", "SD-80"}) void tasksArePickedByWeight() {
        Runs.until(() -> Runs.seen(4000), Weighted.class);
        assertThat(LOG).doesNotContain("never");
        assertThat(LOG.stream().limit(4000).filter("often"::equals).count()).isBetween(2800L, 3200L);
    }

    static class Tagged extends User {
        @Tag({"critical", "slow"})
        @Task void report() { LOG.add("report"); }

        @Tag("critical")
        @Task void pay() { LOG.add("pay"); }

        @Task void browse() { LOG.add("browse"); }

        @Tag("critical")
        @Task
        class Inside extends TaskSet {
            @Task void nested() {
                LOG.add("nested");
                interrupt();
            }
        }
    }

    @Test
    @Parity({"UM-32", "UM-33", "SD-81", "SD-82"}) void tagsChooseAndExclude() {
        Runs.until(() -> Runs.seen(50), 1, builder -> builder.tags(Set.of("critical")).excludeTags(Set.of("slow")), Tagged.class);
        assertThat(Set.copyOf(LOG)).containsExactlyInAnyOrder("pay", "nested");
    }

    static class Chain extends User {
        @Task
        class Journey extends MarkovTaskSet {
            @Transition(to = "two") void one() { LOG.add("one"); }

            @Transition(to = "three") void two() { LOG.add("two"); }

            @Transition(to = "one") void three() { LOG.add("three"); }
        }
    }

    @Test
    @Parity({"UM-63", "UM-64"}) void aChainFollowsItsTransitions() {
        Runs.until(() -> Runs.seen(6), Chain.class);
        assertThat(LOG.subList(0, 6)).containsExactly("one", "two", "three", "one", "two", "three");
    }

    static class BadChain extends User {
        @Task
        class Journey extends MarkovTaskSet {
            @Transition(to = "serch") void home() {}

            @Transition(to = "home") void search() {}
        }
    }

    @Test
    @Parity("UM-65") void anUnknownTargetIsGuessed() {
        assertThatThrownBy(() -> new EnvironmentBuilder().userClasses(List.of(BadChain.class)).build())
            .hasMessage("Unknown task 'serch' in Journey: @Transition on home() points to it. Did you mean 'search'?");
    }

    static class Signals extends User {
        private int run;

        @Override protected WaitTime waitTime() {
            return () -> {
                LOG.add("wait");
                return 0;
            };
        }

        @Task void task() {
            switch (run++) {
                case 0 -> {
                    LOG.add("immediately");
                    throw new RescheduleTaskImmediately();
                }
                case 1 -> {
                    LOG.add("later");
                    throw new RescheduleTask();
                }
                case 2 -> {
                    LOG.add("broken");
                    throw new IllegalStateException("boom");
                }
                default -> {
                    LOG.add("end");
                    throw new StopUser();
                }
            }
        }

        @Override protected void onStop() { LOG.add("stopped"); }
    }

    @Test
    @Parity({"UM-46", "UM-47", "UM-48", "UM-50", "AC-59"}) void signalsAndExceptionsDoWhatTheySay() {
        var environment = Runs.until(() -> LOG.contains("stopped"), Signals.class);
        assertThat(LOG).containsExactly("immediately", "later", "wait", "broken", "wait", "end", "stopped");
        assertThat(environment.stats().exceptions()).singleElement().satisfies(row -> assertThat(row.message()).isEqualTo("boom"));
        assertThat(environment.exitCode(1)).isEqualTo(1);
    }

    static class NoCatch extends User {
        @Task void task() {
            LOG.add("ran");
            throw new IllegalStateException("boom");
        }

        @Override protected void onStop() { LOG.add("stopped"); }
    }

    @Test
    @Parity({"UM-50", "SD-132"}) void withoutCatchingAnExceptionEndsTheUser() {
        Runs.until(() -> LOG.contains("stopped"), 1, builder -> builder.catchExceptions(false), NoCatch.class);
        assertThat(LOG).containsExactly("ran", "stopped");
    }

    static class StopsTest extends User {
        @Task void task() {
            LOG.add("asked");
            throw new StopTest("quota used up");
        }
    }

    @Test
    @Parity("UM-49") void aTaskStopsTheTest() {
        var environment = new EnvironmentBuilder().userClasses(List.of(StopsTest.class)).loops(1).build();
        LOG.clear();
        try (var runner = environment.createLocalRunner()) {
            environment.init();
            runner.start(1, 1);
            Runs.await(() -> runner.state() == io.katydid.api.State.STOPPED);
        } finally {
            environment.close();
        }
        assertThat(LOG).contains("asked");
    }

    static class BadStart extends User {
        @Override protected void onStart() { throw new IllegalStateException("no login"); }

        @Task void task() { LOG.add("task"); }
    }

    @Test
    @Parity("UM-9") void aUserThatCannotStartIsAnExceptionRowAndNotRestarted() {
        var environment = new EnvironmentBuilder().userClasses(List.of(BadStart.class)).loops(1).build();
        var errors = new java.util.concurrent.atomic.AtomicInteger();
        environment.events().userError().addListener(_ -> errors.incrementAndGet());
        try (var runner = environment.createLocalRunner()) {
            environment.init();
            runner.start(2, 100);
            Runs.await(() -> errors.get() == 2 && runner.userCount() == 0);
        } finally {
            environment.close();
        }
        assertThat(environment.stats().exceptions()).singleElement().satisfies(row -> assertThat(row.count()).isEqualTo(2));
    }

    static class RunTime extends User {
        @Override protected TaskList tasks() { return super.tasks().and(this::named, 1).and(() -> LOG.add("lambda")); }

        void named() { LOG.add("named"); }
    }

    @Test
    @Parity("UM-4") void tasksMayBeGivenAtRunTime() {
        Runs.until(() -> LOG.contains("named") && LOG.contains("lambda"), RunTime.class);
    }

    static class Queue extends User {
        @Task
        class Set extends TaskSet {
            private boolean queued;

            @Task void pick() {
                LOG.add("pick");
                if (queued) return;
                queued = true;
                scheduleTask(this::second);
                scheduleFirst(this::first);
            }

            void first() { LOG.add("first"); }

            void second() { LOG.add("second"); }
        }
    }

    @Test
    @Parity({"UM-42", "SD-87"}) void theQueueComesBeforeThePick() {
        Runs.until(() -> Runs.seen(4), Queue.class);
        assertThat(LOG.subList(0, 4)).containsExactly("pick", "first", "second", "pick");
    }

    static class Interrupts extends User {
        @Task void task() {
            LOG.add("task");
            throw new InterruptTaskSet();
        }
    }

    @Test
    @Parity("UM-44") void anInterruptOutsideOfASetIsNamedAndTheUserGoesOn() {
        var environment = Runs.until(() -> Runs.seen(2), Interrupts.class);
        assertThat(environment.stats().exceptions().getFirst().message()).contains("interrupt() was called in a task of Interrupts itself");
    }

    static class NoTasks extends User {
        @Override protected void onStart() { LOG.add("started"); }
    }

    @Test
    @Parity("UM-19") void aClassWithoutTasksSaysWhatToDo() {
        var environment = new EnvironmentBuilder().userClasses(List.of(NoTasks.class)).loops(1).build();
        try (var runner = environment.createLocalRunner()) {
            environment.init();
            runner.start(1, 1);
            Runs.await(() -> !environment.stats().exceptions().isEmpty());
        } finally {
            environment.close();
        }
        assertThat(environment.stats().exceptions().getFirst().message()).startsWith("No tasks defined on NoTasks. Put @Task on a method");
    }

    static class Shared extends TaskSet {
        @Task void pay(Ordered user) {}
    }

    @Tasks(Shared.class)
    static class WrongUser extends User {}

    @Test void aTaskForAnotherUserTypeIsRefusedAtOnce() {
        assertThatThrownBy(() -> new EnvironmentBuilder().userClasses(List.of(WrongUser.class)).build())
            .hasMessageContaining("@Task on Shared.pay() asks for a Ordered, but it is used from WrongUser");
    }

    /** A user without its environment, which the reference warns of, cannot be: the constructor sees to it. */
    @Test void nobodyElseMakesAUser() {
        assertThatThrownBy(Weighted::new)
            .hasMessage("A User is created by the Runner. To run one yourself, use SingleUser.run(Weighted.class).");
    }
}
