package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.katydid.api.SequentialTaskSet;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.TaskList;
import io.katydid.api.TaskSet;
import io.katydid.api.Tasks;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.parity.Parity;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Looks at which tasks a user has, in which order they stand and what is picked. */
class TaskSelectionTest {

    abstract static class Base extends User {
        @Task void inherited() {}
    }

    static class Page extends TaskSet {
        @Task void read() {
            LOG.add("read");
            interrupt();
        }
    }

    @Tasks(Page.class)
    static class Derived extends Base {
        @Task void zebra() {}

        @Task(2) void apple() {}

        @Task
        class Inner extends TaskSet {
            @Task void inside() { interrupt(); }
        }
    }

    private static List<String> names(Class<? extends User> type) {
        try (var environment = new EnvironmentBuilder().userClasses(List.of(type)).loops(1).build()) {
            return environment.userClasses().getFirst().tasks();
        }
    }

    @Test
    @Parity({"UM-18", "UM-53", "SD-83"}) void theBaseComesFirstThenNamedSetsThenTheClassItselfInItsOrder() {
        assertThat(names(Derived.class)).containsExactly("inherited", "Page", "zebra", "apple", "Inner");
    }

    static class Shares extends User {
        @Task(3) void three() { LOG.add("three"); }

        @Task void one() { LOG.add("one"); }

        @Task(0) void never() { LOG.add("never"); }

        @Override protected TaskList tasks() { return TaskList.empty().and(() -> LOG.add("six"), 6); }
    }

    @Test
    @Parity({"UM-4", "UM-18", "SD-12", "SD-80"}) void aWeightIsTheShareAmongAllTasksWhereverTheyComeFrom() {
        Runs.until(() -> Runs.seen(20_000), Shares.class);
        // Each bound is more than eight standard deviations away.
        var first = LOG.subList(0, 20_000);
        assertThat(first.stream().filter("three"::equals).count()).isBetween(5400L, 6600L);
        assertThat(first.stream().filter("one"::equals).count()).isBetween(1600L, 2400L);
        assertThat(first.stream().filter("six"::equals).count()).isBetween(11_400L, 12_600L);
        assertThat(first).doesNotContain("never");
    }

    static class Pages extends User {
        @Override protected WaitTime waitTime() { return between(0, 0.00001); }

        @Task(3)
        class Often extends TaskSet {
            @Task void task() {
                LOG.add("often");
                interrupt(false);
            }
        }

        @Task
        class Seldom extends TaskSet {
            @Task void task() {
                LOG.add("seldom");
                interrupt(false);
            }
        }
    }

    @Test
    @Parity({"SD-91", "SD-83"}) void setsArePickedByWeightToo() {
        Runs.until(() -> Runs.seen(4000), 4, _ -> {}, Pages.class);
        // Nine standard deviations.
        assertThat(LOG.subList(0, 4000).stream().filter("often"::equals).count()).isBetween(2750L, 3250L);
    }

    static class Hooked extends User {
        @Override
        @Task protected void onStart() { LOG.add("hook"); }

        @Task void other() {}
    }

    @Test
    @Parity("UM-30") void aHookThatIsATaskTooIsWarnedOf() {
        try (var log = new Logged("katydid.users")) {
            assertThat(names(Hooked.class)).containsExactly("onStart", "other");
            assertThat(log.at(Level.WARN)).containsExactly(
                "Hooked.onStart() is a hook and a task. It will be picked as a task too; take @Task away unless that is meant.");
        }
    }

    static class Negative extends User {
        @Task(-1)
        class Set extends TaskSet {
            @Task void task() {}
        }
    }

    @Tasks(value = Page.class, weight = -2)
    static class NegativeList extends User {}

    static class NegativeMethod extends User {
        @Task(-3) void task() {}
    }

    @Test
    @Parity("UM-30") void aWeightBelowZeroIsRefusedWhereverItStands() {
        assertThatThrownBy(() -> names(Negative.class)).hasMessage("The weight of Negative.Set is -1. Give 0 to never pick it, or more.");
        assertThatThrownBy(() -> names(NegativeList.class))
            .hasMessage("The weight of Page in @Tasks of NegativeList is -2. Give 0 to never pick it, or more.");
        assertThatThrownBy(() -> names(NegativeMethod.class))
            .hasMessage("The weight of NegativeMethod.task() is -3. Give 0 to never pick it, or more.");
    }

    static class Forms extends User {
        @Task
        class Walk extends SequentialTaskSet {
            @Override protected TaskList tasks() {
                return TaskList.empty().and(this::named).and(() -> LOG.add("lambda")).and(Page.class).and(this::leave);
            }

            void named() { LOG.add("named"); }

            @Task void bound() { LOG.add("bound " + (user() instanceof Forms)); }

            @Task void given(Forms user) { LOG.add("given " + user.getClass().getSimpleName()); }

            void leave() {
                LOG.add("leave");
                throw new StopUser();
            }
        }
    }

    @Test
    @Parity({"UM-52", "UM-4", "SD-88"}) void aTaskIsAMethodOfItsOwnOrOneThatTakesTheUserOrCodeOrASet() {
        Runs.until(() -> LOG.contains("leave"), Forms.class);
        assertThat(LOG).containsExactly("bound true", "given Forms", "named", "lambda", "read", "leave");
    }

    static class Nested extends User {
        @Task
        class Outer extends TaskSet {
            @Task
            class Middle extends TaskSet {
                @Task void look() {
                    var outer = (TaskSet) parent();
                    LOG.add(parent().getClass().getSimpleName() + " in " + outer.getClass().getSimpleName() + " of "
                        + user().getClass().getSimpleName());
                    throw new StopUser();
                }
            }

            @Override protected void onStart() { LOG.add("Outer in " + parent().getClass().getSimpleName()); }
        }
    }

    @Test
    @Parity({"UM-40", "UM-53", "SD-85", "AC-93"}) void theParentIsTheEnclosingSetOrTheUserAndTheUserIsAlwaysTheUser() {
        Runs.until(() -> Runs.seen(2), Nested.class);
        assertThat(LOG).containsExactly("Outer in Nested", "Outer in Outer of Nested");
    }

    static class Changing extends User {
        private int round;

        @Task void first() {
            LOG.add("first");
            tasks(TaskList.empty().and(this::second));
        }

        void second() {
            LOG.add("second");
            if (++round == 2) throw new StopUser();
        }
    }

    @Test
    @Parity("SD-18") void tasksOfOneInstanceCanBeReplacedWhileItRuns() {
        Runs.until(() -> Runs.seen(6), 2, _ -> {}, Changing.class);
        assertThat(LOG).hasSize(6);
        assertThat(LOG.stream().filter("first"::equals)).hasSize(2);
    }

    static class Without extends User {}

    @Test
    @Parity("UM-19") void aClassWithoutTasksSaysAtEachTurnWhatToDo() {
        Runs.until(() -> Runs.seen(3), 1, builder -> builder.events().userError().addListener(error -> {
            LOG.add(String.valueOf(error.exception().getMessage()));
            if (Runs.seen(3)) throw new StopUser();
        }), Without.class);
        assertThat(LOG).hasSize(3).allMatch(
            line -> line.equals("No tasks defined on Without. Put @Task on a method, name a task set in @Tasks, or override tasks(); "
                + "if it is only a base class, make it abstract."));
    }
}
