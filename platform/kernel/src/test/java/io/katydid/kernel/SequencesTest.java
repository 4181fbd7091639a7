package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.SequentialTaskSet;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.TaskList;
import io.katydid.api.TaskSet;
import io.katydid.api.Tasks;
import io.katydid.api.User;
import io.katydid.parity.Parity;
import org.junit.jupiter.api.Test;

/** Runs tasks in the order of the source. */
class SequencesTest {

    static class Login extends TaskSet {
        @Task void login() {
            LOG.add("login");
            interrupt();
        }
    }

    @Tasks(Login.class)
    abstract static class Base extends SequentialTaskSet {
        @Task void base() { LOG.add("base"); }
    }

    static class Flow extends Base {
        private int round;

        @Task void zebra() { LOG.add("zebra"); }

        @Task(2) void apple() { LOG.add("apple"); }

        @Task void fails() {
            LOG.add("fails");
            throw new IllegalStateException("boom");
        }

        @Task void end() {
            LOG.add("end");
            if (++round == 2) throw new StopUser();
        }

        @Override protected TaskList tasks() { return TaskList.empty().and(() -> LOG.add("listed"), 2); }
    }

    @Tasks(Flow.class)
    static class Shopper extends User {}

    /** Named sets stand before the tasks of their class and run-time ones at the end: Java has no place in the class body to put them. */
    @Test
    @Parity({"UM-60", "UM-62", "SD-88", "AC-92"}) void itRunsBaseFirstRepeatsByWeightAndGoesOnAfterAnException() {
        Runs.until(() -> LOG.stream().filter("end"::equals).count() == 2, Shopper.class);
        assertThat(LOG).containsExactly("login", "base", "zebra", "apple", "apple", "fails", "end", "listed", "listed", "login", "base",
            "zebra", "apple", "apple", "fails", "end");
    }

    static class Skips extends User {
        @Task
        class Flow extends SequentialTaskSet {
            @Task(0) void never() { LOG.add("never"); }

            @Task void always() {
                LOG.add("always");
                if (Runs.seen(2)) throw new StopUser();
            }
        }
    }

    @Test
    @Parity({"UM-30", "UM-60"}) void aWeightOfZeroIsLeftOut() {
        Runs.until(() -> Runs.seen(2), Skips.class);
        assertThat(LOG).containsExactly("always", "always");
    }
}
