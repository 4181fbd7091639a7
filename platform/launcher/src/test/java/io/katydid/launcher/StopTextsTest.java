package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.LocalRunner;
import io.katydid.api.StopTest;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.kernel.EnvironmentBuilder;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Reads what the log says when tests are stopped in odd ways. */
class StopTextsTest {
    private final ByteArrayOutputStream log = new ByteArrayOutputStream();

    @BeforeEach void install() {
        var stream = new PrintStream(log, true, StandardCharsets.UTF_8);
        LogSetup.install("INFO", stream, stream);
    }

    private String text() { return log.toString(StandardCharsets.UTF_8); }

    private void run(Class<? extends User> type, Consumer<EnvironmentBuilder> settings, Consumer<LocalRunner> test) {
        var builder = new EnvironmentBuilder().userClasses(List.of(type)).loops(1);
        settings.accept(builder);
        try (var environment = builder.build(); var runner = environment.createLocalRunner()) {
            environment.init();
            test.accept(runner);
        }
    }

    private void await(String said) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!text().contains(said)) {
            assertThat(System.nanoTime()).as("'%s' in: %s", said, text()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Never comes back from its last hook. */
    public static class NeverDone extends User {
        @Override protected WaitTime waitTime() { return constant(60); }

        @Task void task() {}

        @Override protected void onStop() throws Exception { new CountDownLatch(1).await(); }
    }

    @Test void anOnStopThatDoesNotReturnIsNamedOnce() {
        run(NeverDone.class, builder -> builder.lastHookLimit(Duration.ofMillis(200)), runner -> {
            runner.start(1, 10);
            await("All users spawned");
            runner.stop();
        });
        assertThat(text()).containsOnlyOnce("onStop of NeverDone has not returned after 0.2 s: it is interrupted.");
    }

    /** Ends the test, as does each other of its kind. */
    public static class GivesUp extends User {
        @Task void task() { throw new StopTest("No host was given."); }
    }

    @Test
    @DisplayName("AC-25") void thatEveryUserStopsTheTestIsSaidOnce() {
        run(GivesUp.class, builder -> builder.headless(false), runner -> {
            runner.start(50, 1000);
            await("Stopping Katydid...");
            runner.stop();
        });
        assertThat(text()).containsOnlyOnce("No host was given.").containsOnlyOnce("Stopping Katydid...");
    }

    @Test void aStartWhileTheTestStopsSaysSo() {
        var builder = new EnvironmentBuilder().userClasses(List.of(Scene.Buyer.class)).loops(1);
        try (var environment = builder.build(); var runner = environment.createLocalRunner()) {
            environment.events().testStopping().addListener(_ -> runner.start(3, 10));
            environment.init();
            runner.start(1, 10);
            await("All users spawned");
            runner.stop();
            assertThat(runner.userCount()).isZero();
        }
        assertThat(text()).containsOnlyOnce("The test is stopping: start(…) is left out. Start another one when test_stop has fired.");
    }
}
