package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.SequentialTaskSet;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.parity.Parity;
import org.junit.jupiter.api.Test;

/** Queues tasks before the next pick. */
class TaskQueueTest {

    static class Queue extends User {
        @Override protected WaitTime waitTime() {
            return () -> {
                LOG.add("wait");
                return 0;
            };
        }

        @Task
        class Set extends TaskSet {
            private int picks;

            @Override protected void onStart() { scheduleTask(() -> LOG.add("from onStart")); }

            @Task void pick() {
                LOG.add("pick");
                if (++picks == 2) throw new StopUser();
                scheduleTask(() -> LOG.add("third"));
                scheduleTask(Sub.class);
                scheduleFirst(this::second);
                scheduleFirst(Before.class);
            }

            void second() { LOG.add("second"); }
        }
    }

    static class Sub extends TaskSet {
        @Task void inside() {
            LOG.add("sub");
            interrupt();
        }
    }

    static class Before extends TaskSet {
        @Task void inside() {
            LOG.add("first");
            interrupt();
        }
    }

    @Test
    @Parity({"UM-41", "UM-42", "SD-87", "AC-93"}) void whatIsQueuedComesBeforeThePickTheLatestFirstInFront() {
        Runs.until(() -> LOG.stream().filter("pick"::equals).count() == 2, Queue.class);
        assertThat(LOG).containsExactly("from onStart", "wait", "pick", "wait", "first", "second", "wait", "third", "wait", "sub", "pick");
    }

    static class InSequence extends User {
        @Task
        class Flow extends SequentialTaskSet {
            private boolean queued;

            @Task void one() {
                LOG.add("one");
                if (queued) throw new StopUser();
                queued = true;
                scheduleTask(() -> LOG.add("between"));
            }

            @Task void two() { LOG.add("two"); }
        }
    }

    @Test
    @Parity({"SD-89", "UM-42", "UM-60"}) void aSequenceGoesOnWhereItWasAfterAQueuedTask() {
        Runs.until(() -> LOG.stream().filter("one"::equals).count() == 2, InSequence.class);
        assertThat(LOG).containsExactly("one", "between", "two", "one");
    }
}
