package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.katydid.api.MarkovTaskSet;
import io.katydid.api.SequentialTaskSet;
import io.katydid.api.Tag;
import io.katydid.api.Task;
import io.katydid.api.TaskList;
import io.katydid.api.TaskRatios.Ratio;
import io.katydid.api.TaskSet;
import io.katydid.api.Tasks;
import io.katydid.api.Transition;
import io.katydid.api.User;
import io.katydid.parity.Parity;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Filters tasks by tags, nested ones too. */
class TagsTest {

    static class Shop extends User {
        @Task void untagged() {}

        @Tag({"read", "slow"})
        @Task void search() {}

        @Tag("read")
        @Tag("cheap")
        @Task void browse() {}

        @Task
        class Cart extends TaskSet {
            @Tag("pay")
            @Task void pay() {}

            @Task void look() {}

            @Task
            class Deep extends TaskSet {
                @Tag("read")
                @Task void terms() {}
            }
        }

        @Tag("admin")
        @Task
        class Office extends TaskSet {
            @Task void report() {}

            @Tag("slow")
            @Task void export() {}
        }

        @Task
        class Walk extends MarkovTaskSet {
            @Transition(to = "one") void one() {}
        }
    }

    private static String tree(Set<String> include, Set<String> exclude) {
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Shop.class)).tags(include).excludeTags(exclude).loops(1)
            .build()) {
            return text(environment.taskRatios().perClass().getFirst().children());
        }
    }

    private static String text(List<Ratio> tasks) {
        return String.join(" ",
            tasks.stream().map(task -> task.name() + (task.children().isEmpty() ? "" : "(" + text(task.children()) + ")"))
                .toList());
    }

    @Test
    @Parity({"UM-32", "UM-34", "UM-31", "SD-82", "AC-92"}) void includedAreTasksWithOneOfTheTagsAndSetsThatStillHaveTasks() {
        assertThat(tree(Set.of(), Set.of()))
            .isEqualTo("untagged search browse Cart(pay look Deep(terms)) Office(report export) Walk(one)");
        assertThat(tree(Set.of("read"), Set.of())).isEqualTo("search browse Cart(Deep(terms))");
        assertThat(tree(Set.of("cheap"), Set.of())).isEqualTo("browse");
        assertThat(tree(Set.of("pay", "slow"), Set.of())).isEqualTo("search Cart(pay) Office(export)");
    }

    @Test
    @Parity({"UM-31", "SD-81"}) void theTagOfASetIsThatOfAllItsTasks() {
        assertThat(tree(Set.of("admin"), Set.of())).isEqualTo("Office(report export)");
    }

    @Test
    @Parity({"UM-33", "SD-82", "AC-92"}) void excludedAreTasksWithOneOfTheTagsAndThatWins() {
        assertThat(tree(Set.of(), Set.of("read"))).isEqualTo("untagged Cart(pay look) Office(report export) Walk(one)");
        assertThat(tree(Set.of("read"), Set.of("slow"))).isEqualTo("browse Cart(Deep(terms))");
        assertThat(tree(Set.of("admin"), Set.of("admin", "slow"))).isEmpty();
    }

    static class Checkout extends SequentialTaskSet {
        @Tag("pay")
        @Task void createOrder() { Runs.LOG.add("create order"); }

        @Task void pay() { Runs.LOG.add("pay"); }
    }

    @Tasks(Checkout.class)
    static class Buyer extends User {}

    @Test
    @Parity("SD-2") void theExampleRunsTheTaggedTaskOnly() {
        Runs.until(() -> Runs.seen(20), 1, builder -> builder.tags(Set.of("pay")), Buyer.class);
        assertThat(Runs.LOG).containsOnly("create order");
    }

    static class Emptied extends User {
        @Tag("a")
        @Task void task() {}
    }

    @Test
    @Parity({"UM-34", "UM-35"}) void aClassThatLosesAllTasksIsNamedWhenItIsFiltered() {
        try (var log = new Logged("katydid.users")) {
            new EnvironmentBuilder().userClasses(List.of(Emptied.class)).tags(Set.of("b")).loops(1).build().close();
            assertThat(log.at(Level.WARN)).containsExactly("Emptied had no tasks left after filtering, instantiating it will fail!");
        }
    }

    static class NoName extends User {
        @Tag({})
        @Task void task() {}
    }

    @Test
    @Parity("UM-31") void aTagWithoutANameIsRefused() {
        assertThatThrownBy(() -> new EnvironmentBuilder().userClasses(List.of(NoName.class)).loops(1).build())
            .hasMessage("@Tag on NoName.task() names no tag. Name at least one: @Tag(\"slow\").");
    }

    static class AtRunTime extends User {
        @Override protected TaskList tasks() {
            return TaskList.empty().and(this::kept).and(this::dropped).and(() -> Runs.LOG.add("lambda"));
        }

        @Tag("a") void kept() { Runs.LOG.add("kept"); }

        void dropped() { Runs.LOG.add("dropped"); }
    }

    @Test
    @Parity("UM-32") void aMethodReferenceKeepsItsTags() {
        Runs.until(() -> Runs.seen(30), 1, builder -> builder.tags(Set.of("a")), AtRunTime.class);
        assertThat(Runs.LOG).containsOnly("kept");
    }

    @Test
    @Parity({"AC-20", "UM-19", "UM-34"}) void aRunWhoseTagsMatchNothingFails() {
        try (var environment = new EnvironmentBuilder().userClasses(List.of(Emptied.class)).tags(Set.of("b")).loops(1).build()) {
            var runner = environment.createLocalRunner();
            environment.init();
            runner.start(1, 1);
            Runs.await(() -> !environment.stats().exceptions().isEmpty());
            assertThat(environment.shutdown(1)).isEqualTo(1);
            assertThat(environment.stats().exceptions().getFirst().message()).startsWith("No tasks defined on Emptied.");
        }
    }
}
