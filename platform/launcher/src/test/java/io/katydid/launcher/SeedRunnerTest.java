package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.katydid.api.LocalRunner;
import io.katydid.api.State;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.parity.Parity;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Takes the time of ramps and stops. */
class SeedRunnerTest {
    private static final AtomicInteger STOPPED = new AtomicInteger();

    @BeforeEach void clear() { STOPPED.set(0); }

    private static void run(Class<? extends User> type, Duration timeout, Consumer<LocalRunner> test) {
        try (var environment = Katydid.environment(type).stopTimeout(timeout).build(); var runner = environment.createLocalRunner()) {
            environment.init();
            test.accept(runner);
        }
    }

    private static double seconds(Runnable work) {
        long begin = System.nanoTime();
        work.run();
        return (System.nanoTime() - begin) / 1e9;
    }

    private static void awaitUsers(LocalRunner runner, int users) {
        await().pollInterval(Duration.ofMillis(5)).until(() -> runner.state() == State.RUNNING && runner.userCount() == users);
    }

    @Test
    @Parity({"RN-10", "AC-35"}) void aSecondStartReplacesTheRamp() {
        run(Scene.Buyer.class, Duration.ZERO, runner -> {
            runner.start(100, 1);
            runner.start(3, 100);
            assertThat(seconds(() -> awaitUsers(runner, 3))).isLessThan(5);
            assertThat(runner.targetUserCount()).isEqualTo(3);
        });
    }

    @Test
    @Parity({"RN-22", "AC-39"}) void aRampDownFollowsTheRateAndAStopDoesNot() {
        run(Scene.Buyer.class, Duration.ZERO, runner -> {
            runner.start(10, 100);
            awaitUsers(runner, 10);
            assertThat(seconds(() -> {
                runner.start(2, 4);
                awaitUsers(runner, 2);
            })).as("four at once, four a second later").isBetween(0.9, 3.0);
            runner.start(10, 100);
            awaitUsers(runner, 10);
            runner.start(9, 0.1);
            assertThat(seconds(runner::stop)).isLessThan(5);
            assertThat(runner.userCount()).isZero();
        });
    }

    /** Takes its time to stop. */
    public static class Lingering extends User {
        @Override protected WaitTime waitTime() { return constant(60); }

        @Task void nothing() {}

        @Override protected void onStop() {
            sleep(0.3);
            STOPPED.incrementAndGet();
        }
    }

    @Test
    @Parity({"RN-20", "AC-38"}) void theLastHooksOfAllUsersRunBesideEachOther() {
        run(Lingering.class, Duration.ZERO, runner -> {
            runner.start(20, 100);
            awaitUsers(runner, 20);
            assertThat(seconds(runner::stop)).as("one after the other they would take 6 s").isBetween(0.29, 3.0);
            assertThat(STOPPED).hasValue(20);
        });
    }

    /** Quits the run from its task. */
    public static class Quitting extends User {
        @Task void quit() { environment().runner().quit(); }

        @Override protected void onStop() { STOPPED.incrementAndGet(); }
    }

    @Test
    @Parity({"RN-24", "AC-37"}) void aTaskQuitsTheRunAndLastHooksRun() {
        for (var timeout : new Duration[]{Duration.ZERO, Duration.ofSeconds(3)}) {
            STOPPED.set(0);
            run(Quitting.class, timeout, runner -> {
                runner.start(1, 10);
                await().atMost(Duration.ofSeconds(5)).until(() -> runner.state() == State.STOPPED && runner.userCount() == 0);
                assertThat(STOPPED).hasValue(1);
            });
        }
    }
}
