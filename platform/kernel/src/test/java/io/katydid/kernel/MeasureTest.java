package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.RequestHook;
import io.katydid.api.RescheduleTask;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.event.RequestEvent;
import io.katydid.parity.Parity;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Measures calls of a script as requests. */
class MeasureTest {

    static class Nobody extends User {
        @Task void nothing() {
            sleep(60);
        }
    }

    private final KernelEnvironment environment = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).build();
    private final RequestHook hook = environment.events().request();
    private final List<RequestEvent> events = new ArrayList<>();

    MeasureTest() {
        hook.addListener(events::add);
    }

    @AfterEach void close() {
        environment.close();
    }

    @Test
    @Parity({"EV-34", "SD-103", "SD-118", "AC-90"}) void aCallIsOneRequestWithItsTimeAndValue() {
        var result = hook.measure("gRPC", "Predict", () -> {
            LockSupport.parkNanos(20_000_000);
            return "cat";
        });
        assertThat(result.value()).contains("cat");
        assertThat(result.ok()).isTrue();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.requestType()).isEqualTo("gRPC");
            assertThat(event.name()).isEqualTo("Predict");
            assertThat(event.responseTimeMs()).isBetween(20.0, 10_000.0);
            assertThat(event.responseLength()).isZero();
            assertThat(event.exception()).isEmpty();
        });
    }

    @Test
    @Parity({"EV-34", "SD-103", "AC-90"}) void anExceptionIsAFailureAndNotThrownOn() {
        var boom = new IllegalStateException("boom");
        var result = hook.measure("gRPC", "Predict", () -> { throw boom; });
        assertThat(result.ok()).isFalse();
        assertThat(result.exception()).containsSame(boom);
        assertThat(result.orElse("none")).isEqualTo("none");
        assertThat(events).singleElement().satisfies(event -> assertThat(event.exception()).containsSame(boom));
    }

    @Test
    @Parity("EV-34") void theCallMaySetWhatItsSampleSays() {
        hook.measure("gRPC", "Predict", sample -> {
            sample.name("Predict cat").context("model", 7).responseLength(12).response("cat").failure("unsure");
            // The first verdict counts.
            sample.success();
            return 1;
        });
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.name()).isEqualTo("Predict cat");
            assertThat(event.context()).isEqualTo(Map.of("model", 7));
            assertThat(event.responseLength()).isEqualTo(12);
            assertThat(event.response()).contains("cat");
            assertThat(event.exception()).get().hasToString("io.katydid.api.CatchResponseError: unsure");
        });
    }

    @Test
    @Parity({"EV-34", "EV-33"}) void signalsPassAndAreNoRequest() {
        assertThatThrownBy(() -> hook.measure("T", "call", () -> { throw new StopUser(); })).isInstanceOf(StopUser.class);
        assertThat(events).isEmpty();
    }

    @Test
    @Parity("EV-34") void aRequestMayEndElsewhereThanItBegan() throws Exception {
        var sample = hook.start("WS", "quote");
        var other = Thread.ofPlatform().start(() -> {
            LockSupport.parkNanos(5_000_000);
            sample.success(8);
        });
        other.join();
        hook.start("WS", "quote").failure(new IllegalStateException("closed"));
        assertThat(events).hasSize(2);
        assertThat(events.getFirst().responseTimeMs()).isGreaterThanOrEqualTo(5);
        assertThat(events.getFirst().responseLength()).isEqualTo(8);
        assertThat(events.getLast().exception()).get().hasToString("java.lang.IllegalStateException: closed");
    }

    static class Caller extends User {
        @Override protected Map<String, Object> context() { return Map.of("user", "u", "both", "of the user"); }

        @Task void call() {
            environment().events().request().measure("T", "call", sample -> sample.context("both", "of the request"));
            throw new StopUser();
        }
    }

    @Test
    @Parity({"UM-13", "AC-90"}) void theContextOfTheRequestWinsOverThatOfItsUser() {
        var seen = new CopyOnWriteArrayList<RequestEvent>();
        Runs.until(() -> seen.size() == 1, 1, builder -> builder.events().request().addListener(seen::add), Caller.class);
        assertThat(seen.getFirst().context()).isEqualTo(Map.of("user", "u", "both", "of the request"));
        assertThat(seen.getFirst().user()).get().isInstanceOf(Caller.class);
    }

    @Test void anInterruptThatIsNoStopPassesAndStaysSet() {
        var mine = new InterruptedException("mine");
        assertThatThrownBy(() -> hook.measure("T", "call", () -> { throw mine; })).isSameAs(mine);
        assertThat(Thread.interrupted()).isTrue();
        assertThat(events).isEmpty();
    }

    /** Is a library that hides the interrupt, as most do. */
    static class Wraps extends User {
        @Task void call() {
            measure("T", "wrapped", () -> {
                Runs.LOG.add("sent");
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException cut) {
                    Thread.currentThread().interrupt();
                    throw new IllegalStateException("connection lost", cut);
                }
            });
            Runs.LOG.add("went on");
        }
    }

    @Test void aLibraryThatHidesTheEndOfTheDrainHasNoFailure() {
        Runs.LOG.clear();
        try (var stage = Stage.of(Wraps.class, builder -> builder.drain(Duration.ZERO)).ready()) {
            stage.runner.start(1, 1000);
            Runs.await(() -> Runs.LOG.contains("sent"));
            stage.runner.stop();
            assertThat(Runs.LOG).containsExactly("sent");
            assertThat(stage.requests()).isZero();
            assertThat(stage.environment.stats().snapshot().cancelled()).containsExactly(Map.entry("T wrapped", 1L));
        }
    }

    /** Leaves calls in each way there is, and waits then where only an interrupt ends it. */
    static class LeavesCalls extends User {
        private int tasks;

        @Task void call() throws Exception {
            switch (++tasks) {
                case 1 -> measure("T", "signal", () -> { throw new RescheduleTask(); });
                case 2 -> measure("T", "interrupt", () -> { throw new InterruptedException(); });
                case 3 -> measure("T", "failure", () -> { throw new IllegalStateException("boom"); });
                default -> {
                    Runs.LOG.add("waits");
                    new CountDownLatch(1).await();
                }
            }
        }
    }

    @Test void aCallThatWasLeftIsNotAwaitedWhenTheUserIsStopped() {
        Runs.LOG.clear();
        try (var stage = Stage.of(LeavesCalls.class, builder -> builder.drain(Duration.ofSeconds(60))).ready()) {
            stage.runner.start(1, 1000);
            Runs.await(() -> Runs.LOG.contains("waits"));
            long begin = System.nanoTime();
            stage.runner.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(30));
            assertThat(stage.environment.stats().get("failure", "T").numFailures()).isEqualTo(1);
            assertThat(stage.requests()).isEqualTo(1);
            assertThat(stage.cancelled()).isZero();
        }
    }

    @Test void beforeTheEnvironmentIsBuiltNothingCanBeRecorded() {
        var early = new EnvironmentBuilder().events().request();
        assertThatThrownBy(() -> early.measure("T", "call", () -> 1)).hasMessage("The environment is not built yet.");
    }

    @Test void whatIsReportedLaterBeganEarlier() {
        var before = Instant.now();
        hook.report("T", "known", 60_000).success();
        hook.report("T", "untimed", Double.NaN).success();
        assertThat(events.getFirst().responseTimeMs()).isEqualTo(60_000);
        assertThat(events.getFirst().startTime()).isBetween(before.minusSeconds(61), before.minusSeconds(30));
        assertThat(events.getLast().responseTimeMs()).isNaN();
        assertThat(events.getLast().startTime()).isAfter(before.minusSeconds(5));
    }
}
