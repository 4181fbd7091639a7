package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.SequentialTaskSet;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.spi.Birth;
import io.katydid.api.spi.UserRuntime;
import org.junit.jupiter.api.Test;

/** Does what is to be done after a task at its end: of the task it was registered in, and of no other. */
class AfterTaskTest {

    /** Registers work in its hooks and tasks. */
    static class Leaving extends User {
        private final UserRuntime runtime = Birth.current(Leaving.class).runtime();

        void leave(String what) {
            runtime.afterTask(task -> Runs.LOG.add(what + " after " + task));
        }

        @Override protected void onStart() { leave("start"); }

        @Override protected void onStop() { Runs.LOG.add("stopped"); }

        @Task
        class Inner extends SequentialTaskSet {
            @Override protected void onStart() { leave("set"); }

            @Task void first() {
                leave("first");
                leave("second");
                runtime.afterTask(_ -> Runs.LOG.add("never")).close();
                Runs.LOG.add("first ends");
            }

            @Task void fails() {
                leave("failure");
                throw new IllegalStateException("boom");
            }

            @Task void leaves() {
                Runs.LOG.add("leaving");
                interrupt();
            }
        }
    }

    @Test void theWorkIsDoneWhenItsTaskHasEnded() {
        Runs.until(() -> Runs.LOG.contains("set after Leaving.Inner"), Leaving.class);
        assertThat(Runs.LOG).startsWith("first ends", "second after Inner.first", "first after Inner.first", "failure after Inner.fails",
            "leaving",
            "set after Leaving.Inner");
        assertThat(Runs.LOG).endsWith("stopped", "start after Leaving").doesNotContain("never");
    }
}
