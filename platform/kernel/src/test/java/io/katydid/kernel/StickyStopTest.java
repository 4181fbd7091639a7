package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.State;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.UserState;
import io.katydid.api.WaitTime;
import io.katydid.parity.Parity;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Stops users that would rather go on. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StickyStopTest {

    @BeforeEach void clear() {
        Runs.LOG.clear();
    }

    private static void stopWhen(Stage stage, String seen) {
        stage.ready().runner.start(1, 1000);
        Runs.await(() -> Runs.LOG.contains(seen));
        stage.runner.stop();
        assertThat(stage.runner.state()).isEqualTo(State.STOPPED);
        assertThat(stage.runner.userCount()).isZero();
        assertThat(stage.requests() + stage.cancelled()).isEqualTo(Stage.SENT.sum());
    }

    static class Stubborn extends User {
        @Task void task() {
            Runs.LOG.add("in task");
            attempt("sleep 1", () -> sleep(60));
            attempt("sleep 2", () -> sleep(60));
            attempt("measure", () -> measure("T", "late", Stage.SENT::increment));
            attempt("blocking", () -> blocking(() -> Runs.LOG.add("blocked")));
            attempt("sleep 0", () -> sleep(0));
        }

        private static void attempt(String what, Runnable call) {
            try {
                call.run();
                Runs.LOG.add(what + " went on");
            } catch (StopUser signal) {
                Runs.LOG.add(what + " refused");
            }
        }
    }

    @Test
    @Parity("RN-20") void eachFurtherCallIntoThePlatformIsRefused() {
        try (var stage = Stage.of(Stubborn.class)) {
            stopWhen(stage, "in task");
            assertThat(Runs.LOG).containsExactly("in task", "sleep 1 refused", "sleep 2 refused", "measure refused", "blocking refused",
                "sleep 0 refused");
            assertThat(stage.requests()).isZero();
        }
    }

    static class Waiting extends User {
        @Task void task() {
            Runs.LOG.add("in task");
            for (int interrupts = 0; interrupts < 3; interrupts++) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException swallowed) {
                    Runs.LOG.add("interrupted");
                }
            }
            sleep(60);
            Runs.LOG.add("went on");
        }
    }

    @Test void aWaitOutsideOfThePlatformIsInterruptedUntilItGivesUp() {
        try (var stage = Stage.of(Waiting.class)) {
            stopWhen(stage, "in task");
            assertThat(Runs.LOG).containsExactly("in task", "interrupted", "interrupted", "interrupted");
            assertThat(stage.environment.stats().exceptions()).isEmpty();
        }
    }

    static class Polite extends User {
        static final AtomicInteger DISTURBED = new AtomicInteger();

        @Override protected WaitTime waitTime() { return constant(60); }

        @Task void task() { Runs.LOG.add("in task"); }

        @Override protected void onStop() {
            for (int i = 0; i < 3; i++) {
                measure("T", "bye", () -> {
                    Stage.SENT.increment();
                    LockSupport.parkNanos(2_000_000);
                });
                sleep(0.001);
                if (Thread.currentThread().isInterrupted()) DISTURBED.incrementAndGet();
            }
            blocking(() -> Runs.LOG.add("bye"));
        }
    }

    @ParameterizedTest
    @Parity({"RN-20", "SD-17", "UM-51"})
    @ValueSource(booleans = {false, true}) void requestsOfOnStopWorkAndAreRecorded(boolean fallback) {
        try (var stage = Stage.of(Polite.class, builder -> builder.forceFallback(fallback)).ready()) {
            stage.runner.start(300, 10_000);
            Runs.await(() -> Runs.seen(300));
            stage.runner.stop();
            assertThat(stage.environment.stats().get("bye", "T").numRequests()).isEqualTo(900).isEqualTo(Stage.SENT.sum());
            assertThat(Runs.LOG.stream().filter("bye"::equals).count()).isEqualTo(300);
            assertThat(Polite.DISTURBED).hasValue(0);
            assertThat(stage.cancelled()).isZero();
        }
    }

    static class NeverDone extends User {
        @Override protected WaitTime waitTime() { return constant(60); }

        @Task void task() { Runs.LOG.add("in task"); }

        @Override protected void onStop() {
            for (int interrupts = 0; interrupts < 3; interrupts++) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException swallowed) {
                    Runs.LOG.add("interrupted");
                }
            }
            measure("T", "too late", Stage.SENT::increment);
            Runs.LOG.add("went on");
        }
    }

    @Test void anOnStopThatDoesNotReturnIsCutOff() {
        try (var stage = Stage.of(NeverDone.class, builder -> builder.lastHookLimit(Duration.ofMillis(200)))) {
            stopWhen(stage, "in task");
            assertThat(Runs.LOG).containsExactly("in task", "interrupted", "interrupted", "interrupted");
        }
    }

    static class EndsItself extends NeverDone {
        @Override
        @Task void task() { throw new StopUser(); }
    }

    @Test void soIsOneOfAUserThatEndedByItself() {
        try (var stage = Stage.of(EndsItself.class, builder -> builder.lastHookLimit(Duration.ofMillis(200))).ready()) {
            stage.runner.start(1, 1000);
            Runs.await(() -> Runs.LOG.contains("interrupted") && stage.runner.userCount() == 0);
            assertThat(Runs.LOG).containsExactly("interrupted", "interrupted", "interrupted");
        }
    }

    static class InFlight extends User {
        static volatile CountDownLatch answer = new CountDownLatch(1);

        @Task void task() {
            measure("T", "slow", () -> {
                Stage.SENT.increment();
                Runs.LOG.add("sent");
                answer.await();
            });
            Runs.LOG.add("went on");
        }
    }

    @Test void theDrainAwaitsARequestInFlightAndRecordsIt() throws Exception {
        InFlight.answer = new CountDownLatch(1);
        try (var stage = Stage.of(InFlight.class, builder -> builder.drain(Duration.ofSeconds(60))).ready()) {
            stage.environment.events().testStopping().addListener(_ -> Runs.LOG.add("stopping"));
            stage.runner.start(1, 1000);
            Runs.await(() -> Runs.LOG.contains("sent"));
            var user = stage.runner.users().getFirst();
            var stop = Thread.ofPlatform().start(stage.runner::stop);
            Runs.await(() -> user.userState() == UserState.STOPPING);
            InFlight.answer.countDown();
            stop.join();
            assertThat(Runs.LOG).containsExactly("sent", "stopping");
            assertThat(stage.requests()).isEqualTo(1);
            assertThat(stage.environment.stats().total().numFailures()).isZero();
            assertThat(stage.cancelled()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 150}) void whatIsOpenAfterTheDrainIsCancelledAndNotARequest(long drainMillis) {
        InFlight.answer = new CountDownLatch(1);
        try (var stage = Stage.of(InFlight.class, builder -> builder.drain(Duration.ofMillis(drainMillis)))) {
            long begin = System.nanoTime();
            stopWhen(stage, "sent");
            assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin)).isGreaterThanOrEqualTo(drainMillis);
            assertThat(stage.requests()).isZero();
            assertThat(stage.environment.stats().snapshot().cancelled()).containsExactly(java.util.Map.entry("T slow", 1L));
            assertThat(stage.environment.exitCode(1)).isZero();
        }
    }

    static class Naps extends User {
        @Task void task() {
            measure("T", "nap", () -> {
                Stage.SENT.increment();
                Runs.LOG.add("sent");
                sleep(60);
            });
        }
    }

    @Test void aMeasuredSleepThatIsCutOffIsCancelledToo() {
        try (var stage = Stage.of(Naps.class, builder -> builder.drain(Duration.ZERO))) {
            stopWhen(stage, "sent");
            assertThat(stage.cancelled()).isEqualTo(1);
        }
    }

    static class Finisher extends User {
        static volatile CountDownLatch go = new CountDownLatch(1);

        @Task void task() throws Exception {
            Runs.LOG.add("in task");
            go.await();
            measure("T", "finished", Stage.SENT::increment);
            Runs.LOG.add("finished");
        }
    }

    @Test
    @Parity({"RN-21", "SD-135", "AC-66", "AC-93"}) void aStopTimeoutLetsTheTaskFinishButNoOtherBegin() throws Exception {
        Finisher.go = new CountDownLatch(1);
        try (var stage = Stage.of(Finisher.class, builder -> builder.stopTimeout(Duration.ofSeconds(60))).ready()) {
            stage.runner.start(1, 1000);
            Runs.await(() -> Runs.LOG.contains("in task"));
            var user = stage.runner.users().getFirst();
            var stop = Thread.ofPlatform().start(stage.runner::stop);
            Runs.await(() -> user.userState() == UserState.STOPPING);
            Finisher.go.countDown();
            stop.join();
            assertThat(Runs.LOG).containsExactly("in task", "finished");
            assertThat(stage.requests()).isEqualTo(1);
        }
    }

    @Test void aStopTimeoutThatIsOverStopsTheTask() {
        Finisher.go = new CountDownLatch(1);
        try (var stage = Stage.of(Finisher.class, builder -> builder.stopTimeout(Duration.ofMillis(100)))) {
            stopWhen(stage, "in task");
            assertThat(Runs.LOG).containsExactly("in task");
        }
    }

    static class Loader extends User {
        @Task void task() {
            var loader = Thread.currentThread().getContextClassLoader();
            Runs.LOG.add(String.valueOf(loader == Loader.class.getClassLoader()));
        }
    }

    @Test void aUsersThreadFindsClassesOfItsScript() {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        thread.setContextClassLoader(null);
        try {
            Runs.until(() -> Runs.seen(1), Loader.class);
        } finally {
            thread.setContextClassLoader(before);
        }
        assertThat(Runs.LOG.getFirst()).isEqualTo("true");
    }
}
