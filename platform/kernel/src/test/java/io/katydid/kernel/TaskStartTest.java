package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Listens to the starts of tasks, and replaces wait times from outside. */
class TaskStartTest {

    /** Has one task set, which has one task. */
    public static final class Nested extends User {
        /** Is the set. */
        @Task
        public final class Shelf extends TaskSet {
            @Task void look() { LOG.add("run"); }
        }
    }

    @Test void eachTaskIsToldBeforeItsCodeRunsAndASignalEndsTheUserInstead() {
        var environment = new EnvironmentBuilder().userClasses(List.of(Nested.class)).loops(1).build();
        LOG.clear();
        var told = new AtomicInteger();
        try (environment) {
            var runner = environment.createLocalRunner();
            environment.init();
            environment.events().taskStart().addListener(start -> {
                if (told.incrementAndGet() > 3) throw new StopUser();
                LOG.add(start.where().getClass().getSimpleName() + "." + start.task() + " of " + start.user().getClass().getSimpleName());
            });
            runner.start(1, 1);
            Runs.await(() -> told.get() == 4 && runner.userCount() == 0);
        }
        assertThat(LOG).containsExactly("Shelf.look of Nested", "run", "Shelf.look of Nested", "run", "Shelf.look of Nested", "run");
        assertThat(environment.stats().exceptions()).isEmpty();
    }

    /** Would run once a minute. */
    public static final class Slow extends User {
        @Override protected WaitTime waitTime() { return constant(60); }

        @Task void run() { LOG.add("run"); }
    }

    @Test void theWaitTimeOfAUserClassReplacesThatOfItsUsers() {
        var environment = new EnvironmentBuilder().userClasses(List.of(Slow.class)).loops(1).build();
        LOG.clear();
        try (environment) {
            var runner = environment.createLocalRunner();
            environment.init();
            environment.userClasses().getFirst().waitTime(Optional.of(() -> 0.001));
            runner.start(1, 1);
            Runs.await(() -> Runs.seen(10));
            environment.userClasses().getFirst().waitTime(Optional.empty());
            assertThat(environment.userClasses().getFirst().waitTime()).isEmpty();
        }
    }
}
