package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.SequentialTaskSet;
import io.katydid.api.State;
import io.katydid.api.Task;
import io.katydid.api.TaskSet;
import io.katydid.api.User;
import io.katydid.api.UserState;
import io.katydid.api.WaitTime;
import io.katydid.parity.Parity;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stops tests whose users may finish their tasks, at each point a user can be. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StopTimeoutTest {
    private static volatile CountDownLatch go = new CountDownLatch(1);
    private static volatile boolean reschedule;

    @BeforeEach void begin() {
        go = new CountDownLatch(1);
        LOG.clear();
    }

    /** Starts one user, and begins to stop it when it has said something; then lets it go on. */
    private static void stopAt(Class<? extends User> type, String place) throws Exception {
        try (var stage = Stage.of(type, builder -> builder.stopTimeout(Duration.ofSeconds(60))).ready()) {
            stage.runner.start(1, 1000);
            Runs.await(() -> LOG.contains(place));
            var user = stage.runner.users().getFirst();
            var stop = Thread.ofPlatform().start(stage.runner::stop);
            Runs.await(() -> user.userState() == UserState.STOPPING);
            go.countDown();
            stop.join();
            assertThat(stage.runner.state()).isEqualTo(State.STOPPED);
            assertThat(stage.runner.userCount()).isZero();
            assertThat(stage.environment.stats().exceptions()).isEmpty();
        }
    }

    static class Interrupts extends User {
        @Task
        class Flow extends SequentialTaskSet {
            @Task
            class Inner extends TaskSet {
                @Task void task() throws Exception {
                    LOG.add("task");
                    go.await();
                    LOG.add("leaves");
                    interrupt(reschedule);
                }

                @Override protected void onStop() { LOG.add("inner stops"); }
            }

            @Task void next() { LOG.add("next"); }

            @Override protected void onStop() { LOG.add("flow stops"); }
        }

        @Override protected void onStop() { LOG.add("user stops"); }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    @Parity({"AC-66", "AC-93", "RN-21", "UM-43"}) void aTaskThatLeavesItsSetIsTheLast(boolean now) throws Exception {
        reschedule = now;
        stopAt(Interrupts.class, "task");
        assertThat(LOG).containsExactly("task", "leaves", "inner stops", "flow stops", "user stops");
    }

    static class InWait extends User {
        @Override protected WaitTime waitTime() {
            return () -> {
                LOG.add("waits");
                return 600;
            };
        }

        @Task
        class Set extends TaskSet {
            @Task void task() { LOG.add("task"); }

            @Override protected void onStop() { LOG.add("set stops"); }
        }

        @Override protected void onStop() { LOG.add("user stops"); }
    }

    @Test
    @Parity({"AC-66", "RN-21", "UM-51", "UM-11"}) void aUserThatWaitsStopsAtOnce() throws Exception {
        long begin = System.nanoTime();
        stopAt(InWait.class, "waits");
        assertThat((System.nanoTime() - begin) / 1e9).isLessThan(30);
        assertThat(LOG).containsExactly("task", "waits", "set stops", "user stops");
    }

    static class Sleeps extends User {
        @Task void task() throws Exception {
            LOG.add("task");
            go.await();
            sleep(0.05);
            measure("T", "call", () -> LOG.add("call"));
            LOG.add("done");
        }

        @Override protected void onStop() { LOG.add("user stops"); }
    }

    @Test
    @Parity({"RN-21", "AC-93"}) void callsOfTheLastTaskStillWork() throws Exception {
        stopAt(Sleeps.class, "task");
        assertThat(LOG).containsExactly("task", "call", "done", "user stops");
    }

    static class Queued extends User {
        @Task
        class Set extends TaskSet {
            @Task void task() throws Exception {
                scheduleTask(() -> LOG.add("queued"));
                LOG.add("task");
                go.await();
            }
        }
    }

    @Test
    @Parity({"RN-21", "AC-66"}) void whatIsQueuedDoesNotBegin() throws Exception {
        stopAt(Queued.class, "task");
        assertThat(LOG).containsExactly("task");
    }
}
