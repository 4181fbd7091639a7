package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.api.LoadTestShape;
import io.katydid.api.Runner;
import io.katydid.api.State;
import io.katydid.api.StopTest;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.Tick;
import io.katydid.api.User;
import io.katydid.kernel.Stage.Busy;
import io.katydid.parity.Parity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Orders starts, stops and quits against each other, from other threads, listeners and tasks; no user and no request is lost. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class RunnerTest {

    private static void assertStopped(Stage stage) {
        assertThat(stage.runner.state()).isEqualTo(State.STOPPED);
        assertThat(stage.runner.userCount()).isZero();
        assertThat(stage.requests() + stage.cancelled()).isEqualTo(Stage.SENT.sum());
        assertThat(stage.environment.stats().snapshot().last()).isTrue();
    }

    private static Thread thread(Runnable work) { return Thread.ofPlatform().start(work); }

    @Test void aStopMeetsTheEndOfARampAtAnyMoment() throws Exception {
        int runs = 400;
        try (var stage = Stage.of(Busy.class)) {
            // The ramp itself stops the test too, as a listener of spawning_complete does in scripts.
            stage.environment.events().spawningComplete().addListener(_ -> stage.runner.stop());
            stage.ready();
            for (int i = 0; i < runs; i++) {
                Stage.SENT.reset();
                stage.runner.start(2, 1000);
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(300_000));
                var other = thread(stage.runner::stop);
                stage.runner.stop();
                other.join();
                assertStopped(stage);
            }
            assertThat(stage.count("test_start")).isEqualTo(runs);
            assertThat(stage.count("test_stopping")).isEqualTo(runs);
            assertThat(stage.count("test_stop")).isEqualTo(runs);
        }
    }

    @Test void aStopMeetsAStepOfARampAtAnyMoment() throws Exception {
        try (var stage = Stage.of(Busy.class)) {
            var asks = new AtomicBoolean();
            stage.environment.events().spawning().addListener(_ -> {
                if (asks.get()) stage.runner.stop();
            });
            stage.ready();
            for (int i = 0; i < 200; i++) {
                Stage.SENT.reset();
                asks.set(i % 2 == 0);
                stage.runner.start(1000, 2000);
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(300_000));
                stage.runner.stop();
                assertStopped(stage);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"test_start,stop", "test_start,quit", "test_start,start", "spawning,stop", "spawning,quit", "spawning,start",
        "spawning_complete,stop", "spawning_complete,quit", "spawning_complete,start", "test_stopping,stop", "test_stopping,quit",
        "test_stopping,start", "test_stop,stop", "test_stop,quit", "test_stop,start"}) void aListenerGivesAnOrder(String event,
            String order) {
        try (var stage = Stage.of(Busy.class)) {
            var given = new AtomicInteger();
            Consumer<Runner> give = runner -> {
                if (given.getAndIncrement() > 0) return;
                switch (order) {
                    case "stop" -> runner.stop();
                    case "quit" -> runner.quit();
                    default -> runner.start(3, 1000);
                }
            };
            listen(stage, event, give);
            stage.ready();
            stage.runner.start(20, 10);
            boolean stopping = event.startsWith("test_stop");
            if (stopping) {
                Runs.await(() -> Stage.SENT.sum() > 0);
                stage.runner.stop();
            }
            Runs.await(() -> given.get() > 0);
            boolean restarted = order.equals("start") && !event.equals("test_stopping");
            if (restarted) {
                stage.awaitUsers(3);
                Runs.await(() -> stage.events.contains("spawning_complete 3"));
                assertThat(stage.count("spawning_complete 20")).isEqualTo(event.equals("spawning_complete") ? 1 : 0);
                stage.runner.stop();
            }
            if (order.equals("quit")) Runs.await(() -> stage.count("quitting") == 1);
            stage.awaitState(State.STOPPED);
            Runs.await(() -> stage.count("test_stop") == (restarted && stopping ? 2 : 1));
            assertThat(stage.runner.userCount()).isZero();
            if (!(restarted && stopping)) assertStopped(stage);
            assertThat(stage.count("test_start")).isEqualTo(stage.count("test_stop")).isEqualTo(stage.count("test_stopping"));
            if (order.equals("quit")) {
                assertThat(stage.events).containsSubsequence("test_start", "test_stopping", "test_stop", "quitting");
                assertThatThrownBy(() -> stage.runner.start(1, 1)).isInstanceOf(KatydidException.class)
                    .hasMessage("The runner has quit. Make a new environment for another test.");
            }
            assertThat(stage.environment.listenerFailed()).isFalse();
        }
    }

    private static void listen(Stage stage, String event, Consumer<Runner> give) {
        var hooks = stage.environment.events();
        switch (event) {
            case "test_start" -> hooks.testStart().addListener(of -> give.accept(of.runner()));
            case "spawning" -> hooks.spawning().addListener(_ -> give.accept(stage.runner));
            case "spawning_complete" -> hooks.spawningComplete().addListener(_ -> give.accept(stage.runner));
            case "test_stopping" -> hooks.testStopping().addListener(of -> give.accept(of.runner()));
            default -> hooks.testStop().addListener(of -> give.accept(of.runner()));
        }
    }

    @ParameterizedTest
    @Parity({"UM-49", "EV-33"})
    @CsvSource({"test_start", "spawning", "spawning_complete"}) void aListenerStopsTheTestByASignal(String event) {
        try (var stage = Stage.of(Busy.class)) {
            listen(stage, event, _ -> { throw new StopTest("enough"); });
            stage.ready();
            stage.runner.start(5, 1000);
            Runs.await(() -> stage.count("quitting") == 1);
            assertStopped(stage);
        }
    }

    @Test
    @Parity({"AC-35", "RN-10"}) void aNewStartReplacesTheRampAtAnyMoment() {
        try (var stage = Stage.of(Busy.class).ready()) {
            for (int i = 0; i < 200; i++) {
                stage.events.clear();
                stage.runner.start(2, 1000);
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(300_000));
                stage.runner.start(3, 1000);
                Runs.await(() -> stage.events.contains("spawning_complete 3"));
                stage.awaitUsers(3);
                stage.runner.stop();
            }
        }
    }

    @Test void aSlowRampEndsWhenAnotherBegins() {
        try (var stage = Stage.of(Busy.class).ready()) {
            stage.runner.start(1000, 1);
            Runs.await(() -> stage.runner.userCount() == 1);
            stage.runner.start(4, 1000);
            Runs.await(() -> stage.events.contains("spawning_complete 4"));
            stage.runner.start(1, 1000);
            Runs.await(() -> stage.events.contains("spawning_complete 1"));
            assertThat(stage.events).containsExactly("test_start", "spawning_complete 4", "spawning_complete 1");
        }
    }

    static class Long extends User {
        static final CountDownLatch FREE = new CountDownLatch(1);

        @Task void wait60() throws Exception {
            Runs.LOG.add("in task");
            FREE.await();
        }
    }

    @Test void aRampUpDoesNotCountOnUsersThatALastOneDismissed() {
        Runs.LOG.clear();
        try (var stage = Stage.of(Long.class, builder -> builder.stopTimeout(Duration.ofSeconds(60))).ready()) {
            stage.runner.start(4, 1000);
            Runs.await(() -> Runs.seen(4));
            stage.runner.start(1, 1000);
            Runs.await(() -> stage.runner.state() == State.SPAWNING);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            // The three that leave finish their tasks first.
            stage.runner.start(4, 1000);
            Runs.await(() -> Runs.seen(7));
            assertThat(stage.runner.userCount()).isEqualTo(7);
            assertThat(stage.runner.userCounts()).isEqualTo(Map.of("Long", 7));
            Long.FREE.countDown();
            stage.awaitUsers(4);
        }
    }

    @Test void twoThreadsStopAtOnce() throws Exception {
        try (var stage = Stage.of(Busy.class).ready()) {
            for (int i = 0; i < 50; i++) {
                Stage.SENT.reset();
                stage.runner.start(4, 1000);
                Runs.await(() -> Stage.SENT.sum() > 10);
                var checked = new AtomicInteger();
                Runnable stop = () -> {
                    stage.runner.stop();
                    if (stage.runner.state() == State.STOPPED && stage.runner.userCount() == 0) checked.incrementAndGet();
                };
                var one = thread(stop);
                var two = thread(stop);
                one.join();
                two.join();
                assertThat(checked).hasValue(2);
                assertStopped(stage);
            }
            assertThat(stage.count("test_stop")).isEqualTo(50);
        }
    }

    @Test void aStopThatIsInterruptedStopsAllTheSame() {
        try (var stage = Stage.of(Busy.class).ready()) {
            stage.runner.start(4, 1000);
            stage.awaitUsers(4);
            Thread.currentThread().interrupt();
            stage.runner.stop();
            assertThat(Thread.interrupted()).isTrue();
            assertStopped(stage);
        }
    }

    static class Quitter extends User {
        private static final LongAdder MADE = new LongAdder();

        Quitter() {
            MADE.increment();
        }

        @Task void call() {
            measure("T", "call", Stage.SENT::increment);
            if (Stage.SENT.sum() > 500) environment().runner().quit();
        }

        @Override protected void onStop() { measure("T", "bye", Stage.SENT::increment); }
    }

    @Test
    @Parity({"RN-24", "AC-37"}) void manyTasksQuitAtOnce() throws Exception {
        try (var stage = Stage.of(Quitter.class).ready()) {
            Quitter.MADE.reset();
            stage.runner.start(50, 1000);
            stage.runner.join();
            assertStopped(stage);
            // A user that was told to stop before its constructor ran is never made; every other one says goodbye, once.
            assertThat(Quitter.MADE.sum()).isBetween(1L, 50L);
            assertThat(stage.environment.stats().get("bye", "T").numRequests()).isEqualTo(Quitter.MADE.sum());
            assertThat(stage.events).endsWith("test_stopping", "test_stop", "quitting");
        }
    }

    static class Restarter extends User {
        @Task void start() {
            Runs.LOG.add("start");
            environment().runner().start(4, 1000);
        }
    }

    @Test void aTaskThatStartsCannotHoldUpTheStopNorBeginATestAfterIt() {
        Runs.LOG.clear();
        try (var stage = Stage.of(Restarter.class).ready()) {
            for (int i = 0; i < 20; i++) {
                int before = Runs.LOG.size();
                stage.runner.start(4, 1000);
                Runs.await(() -> Runs.LOG.size() > before + 4);
                long begin = System.nanoTime();
                stage.runner.stop();
                assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15));
                assertStopped(stage);
            }
            assertThat(stage.count("test_start")).isEqualTo(stage.count("test_stop")).isEqualTo(20);
        }
    }

    static class Blocking extends User {
        @Task void call() {
            measure("T", "call", Stage.SENT::increment);
            blocking(() -> {
                environment().runner().stop();
                return true;
            });
        }
    }

    @Test void aTaskStopsTheTestFromAnotherThreadOfItsOwn() {
        try (var stage = Stage.of(Blocking.class).ready()) {
            stage.runner.start(3, 1000);
            Runs.await(() -> stage.count("test_stop") == 1);
            assertStopped(stage);
        }
    }

    @Test
    @Parity("AC-36") void aResetAtTheEndOfTheRampDoesNotWipeOutATestThatWasStoppedThere() {
        try (var stage = Stage.of(Busy.class, builder -> builder.resetStats(true))) {
            stage.environment.events().spawningComplete().addListener(_ -> {
                Runs.await(() -> Stage.SENT.sum() > 10);
                stage.runner.stop();
            });
            stage.ready();
            stage.runner.start(2, 1000);
            Runs.await(() -> stage.count("test_stop") == 1);
            assertStopped(stage);
            assertThat(stage.requests()).isGreaterThan(10);
        }
    }

    @Test
    @Parity("AC-36") void aResetAtTheEndOfTheRampStartsAnew() {
        try (var stage = Stage.of(Busy.class, builder -> builder.resetStats(true))) {
            stage.environment.events().spawningComplete().addListener(_ -> Runs.await(() -> Stage.SENT.sum() > 1000));
            stage.environment.events().resetStats().addListener(_ -> stage.events.add("reset_stats"));
            stage.ready();
            stage.runner.start(2, 1000);
            Runs.await(() -> stage.count("reset_stats") == 1);
            stage.runner.stop();
            assertThat(stage.requests()).isLessThan(Stage.SENT.sum());
        }
    }

    static class TwoThenStop extends LoadTestShape {
        @Override public Tick tick() { return users(2, 1000); }
    }

    @Test void aShapeThatIsStoppedAsItTicksStartsNothing() {
        try (var stage = Stage.of(Busy.class, builder -> builder.shape(new TwoThenStop())).ready()) {
            for (int i = 0; i < 100; i++) {
                stage.runner.startShape();
                LockSupport.parkNanos(ThreadLocalRandom.current().nextInt(200_000));
                stage.runner.stop();
                Runs.await(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(one -> one.getName().equals("katydid-shape")));
                assertThat(stage.runner.state()).isIn(State.READY, State.STOPPED);
                assertThat(stage.runner.userCount()).isZero();
            }
        }
    }

    static class AtOnce extends LoadTestShape {
        @Override public Tick tick() { return stop(); }
    }

    @Test void aShapeThatEndsAtOnceCanBeStartedAgain() {
        try (var stage = Stage.of(Busy.class, builder -> builder.shape(new AtOnce()).headless(false)).ready()) {
            stage.runner.startShape();
            Runs.await(() -> Thread.getAllStackTraces().keySet().stream().noneMatch(one -> one.getName().equals("katydid-shape")));
            stage.environment.shapeClass(java.util.Optional.of(new TwoThenStop()));
            stage.runner.startShape();
            stage.awaitUsers(2);
        }
    }

    @Test
    @Parity({"EV-7", "EV-8", "SD-113", "AC-4", "AC-34"}) void theEndHasOneOrderAndQuittingSeesEveryRequest() {
        try (var stage = Stage.of(Busy.class)) {
            var seen = new AtomicInteger();
            stage.environment.events().quitting().addListener(_ -> {
                stage.events.add("quitting, added last");
                if (stage.requests() == Stage.SENT.sum() && stage.runner.userCount() == 0) seen.incrementAndGet();
                stage.environment.processExitCode(42);
            });
            stage.ready();
            stage.runner.start(5, 1000);
            Runs.await(() -> stage.events.contains("spawning_complete 5") && Stage.SENT.sum() > 100);
            assertThat(stage.environment.shutdown(1)).isEqualTo(42);
            assertThat(seen).hasValue(1);
            assertThat(stage.events).containsExactly("test_start", "spawning_complete 5", "test_stopping", "test_stop",
                "quitting, added last", "quitting", "quit");
            assertThat(stage.environment.shutdown(1)).isEqualTo(42);
            assertThat(stage.count("quit")).isEqualTo(1);
        }
    }

    @Test
    @Parity("EV-33") void signalsOfListenersAtTheEndMeanNothing() {
        try (var stage = Stage.of(Busy.class)) {
            var hooks = stage.environment.events();
            hooks.testStopping().addListener(_ -> { throw new StopUser(); });
            hooks.testStop().addListener(_ -> { throw new StopTest("again"); });
            hooks.quitting().addListener(_ -> { throw new StopUser(); });
            hooks.quit().addListener(_ -> { throw new StopUser(); });
            stage.ready();
            stage.runner.start(2, 1000);
            stage.awaitUsers(2);
            assertThat(stage.environment.shutdown(1)).isZero();
            assertStopped(stage);
        }
    }

    @Test
    @Parity("EV-9") void aListenerOfInitThatFailsKeepsTheRunFromStarting() {
        try (var stage = Stage.of(Busy.class)) {
            stage.environment.events().init().addListener(_ -> { throw new IllegalStateException("no database"); });
            assertThatThrownBy(stage::ready).isInstanceOf(KatydidException.class).hasMessageContaining("A listener of init failed");
        }
    }

    @Test void userClassesStayWhileATestRuns() {
        try (var stage = Stage.of(Busy.class).ready()) {
            stage.runner.start(1, 1000);
            stage.awaitUsers(1);
            assertThatThrownBy(() -> stage.environment.userClasses(List.of(Quitter.class))).isInstanceOf(KatydidException.class)
                .hasMessage("The user classes cannot be replaced while a test runs. Stop the runner first.");
        }
    }
}
