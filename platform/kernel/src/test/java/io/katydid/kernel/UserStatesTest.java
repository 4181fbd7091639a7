package io.katydid.kernel;

import static io.katydid.kernel.Runs.LOG;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.UserState;
import io.katydid.api.WaitTime;
import io.katydid.parity.Parity;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Looks at what users are doing, and stops single ones. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class UserStatesTest {

    static class Turns extends User {
        static volatile CountDownLatch go = new CountDownLatch(1);

        @Override protected WaitTime waitTime() { return constant(60); }

        @Task void task() throws Exception {
            LOG.add("task");
            go.await();
            LOG.add("done");
        }

        @Override protected void onStop() { LOG.add("stopped"); }
    }

    @BeforeEach void begin() {
        Turns.go = new CountDownLatch(1);
        LOG.clear();
    }

    private static User started(Stage stage) {
        stage.ready().runner.start(1, 1000);
        Runs.await(() -> LOG.contains("task"));
        return stage.runner.users().getFirst();
    }

    private static void awaitEnd(Stage stage) {
        Runs.await(() -> stage.runner.userCount() == 0);
        assertThat(LOG).endsWith("stopped");
        assertThat(stage.environment.stats().exceptions()).isEmpty();
    }

    @Test
    @Parity({"UM-17", "UM-12", "AC-93"}) void aRunningUserFinishesItsTask() {
        try (var stage = Stage.of(Turns.class)) {
            var user = started(stage);
            assertThat(user.userState()).isEqualTo(UserState.RUNNING);
            assertThat(user.stop(false)).isFalse();
            assertThat(user.userState()).isEqualTo(UserState.STOPPING);
            assertThat(user.stop(false)).isFalse();
            Turns.go.countDown();
            awaitEnd(stage);
            assertThat(LOG).containsExactly("task", "done", "stopped");
            assertThat(UserState.STOPPING.word()).isEqualTo("stopping");
        }
    }

    @Test
    @Parity({"UM-17", "UM-12", "UM-11", "UM-51", "AC-66"}) void aWaitingUserEndsAtOnce() {
        try (var stage = Stage.of(Turns.class)) {
            var user = started(stage);
            Turns.go.countDown();
            Runs.await(() -> user.userState() == UserState.WAITING);
            assertThat(user.stop(false)).isTrue();
            awaitEnd(stage);
            assertThat(LOG).containsExactly("task", "done", "stopped");
        }
    }

    @Test
    @Parity({"UM-12", "AC-93"}) void aForcedStopEndsTheTask() {
        try (var stage = Stage.of(Turns.class)) {
            assertThat(started(stage).stop(true)).isTrue();
            awaitEnd(stage);
            assertThat(LOG).containsExactly("task", "stopped");
        }
    }

    static class Leaves extends User {
        @Task void task() {
            LOG.add("task");
            stop(true);
            LOG.add("never");
        }

        @Override protected void onStop() { LOG.add("stopped"); }
    }

    @Test
    @Parity({"UM-12", "RN-29"}) void aUserThatStopsItselfEndsThere() {
        try (var stage = Stage.of(Leaves.class)) {
            stage.ready().runner.start(1, 1000);
            Runs.await(() -> LOG.contains("stopped"));
            awaitEnd(stage);
            assertThat(LOG).containsExactly("task", "stopped");
        }
    }
}
