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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Asks users and sets for their wait times. */
class WaitTimesTest {

    static class Own extends User {
        private int n;

        @Override protected WaitTime waitTime() {
            return () -> {
                LOG.add("user " + ++n);
                return 0;
            };
        }

        @Task
        class Flow extends SequentialTaskSet {
            @Task void one() { LOG.add("one"); }

            @Task
            class Inherits extends TaskSet {
                private boolean done;

                @Task void two() {
                    LOG.add("two");
                    if (done) interrupt(false);
                    done = true;
                }
            }

            @Task
            class Other extends TaskSet {
                private boolean done;

                @Override protected WaitTime waitTime() {
                    return () -> {
                        LOG.add("set");
                        return 0;
                    };
                }

                @Task void three() {
                    LOG.add("three");
                    if (done) interrupt(false);
                    done = true;
                }
            }

            @Task void end() { throw new StopUser(); }
        }

        @Override protected void onStop() { LOG.add("stop"); }
    }

    @Test
    @Parity({"UM-74", "UM-40", "UM-2", "SD-84", "SD-13"}) void aSetWaitsAsItSaysOrElseAsItsParentDoesAndAnOwnFormulaKeepsItsState() {
        Runs.until(() -> LOG.contains("stop"), Own.class);
        assertThat(LOG).containsExactly("one", "user 1", "two", "user 2", "two", "user 3", "three", "set", "three", "user 4", "stop");
    }

    static class Default extends User {
        @Task void task() { LOG.add("task"); }
    }

    @Test
    @Parity({"UM-2", "SD-13", "AC-99"}) void withoutOneThereIsNoWait() {
        long begin = System.nanoTime();
        Runs.until(() -> Runs.seen(1000), Default.class);
        assertThat(System.nanoTime() - begin).isLessThan(10_000_000_000L);
    }

    static class Odd extends User {
        static final double[] SECONDS = {-5, Double.NaN, 0, Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY};

        @Override protected WaitTime waitTime() {
            var round = new AtomicInteger();
            return () -> SECONDS[round.getAndIncrement()];
        }

        @Task void task() { LOG.add("task"); }

        @Override protected void onStop() { LOG.add("stop"); }
    }

    @Test void aWaitThatIsNoTimeIsNoneAndOneWithoutAnEndLastsUntilTheStop() {
        var environment = Runs.until(() -> Runs.seen(5), Odd.class);
        assertThat(LOG).containsExactly("task", "task", "task", "task", "task", "stop");
        assertThat(environment.stats().exceptions()).isEmpty();
    }

    static class Missing extends User {
        @Override
        @SuppressWarnings("NullAway") protected WaitTime waitTime() { return null; }

        @Task void task() { LOG.add("task"); }

        @Override protected void onStop() { LOG.add("stop"); }
    }

    @Test void nullIsNoWaitTime() {
        var environment = Runs.until(() -> Runs.seen(2), Missing.class);
        assertThat(environment.stats().exceptions()).singleElement().satisfies(row -> assertThat(row.message()).isEqualTo(
            "waitTime() of Missing gave null. Return constant(0) for no wait at all, or do not override it."));
    }

    static class Paced extends User {
        static volatile long began;
        static volatile long second;

        @Override protected WaitTime waitTime() { return constantPacing(0.5); }

        @Task void task() {
            if (began == 0) {
                began = System.nanoTime();
                LockSupport.parkNanos(300_000_000);
            } else {
                second = System.nanoTime();
                throw new StopUser();
            }
        }
    }

    /** Counted from the first task on; the reference counts from the constructor, so that a slow onStart shortens the first wait. */
    @Test
    @Parity("UM-72") void theFirstTaskIsPartOfTheFirstRound() {
        Paced.began = 0;
        Paced.second = 0;
        Runs.until(() -> Paced.second != 0, Paced.class);
        // 0.5 s on, not 0.3 s + 0.5 s.
        assertThat((Paced.second - Paced.began) / 1e9).isBetween(0.49, 0.79);
    }
}
