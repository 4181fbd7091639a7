package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Runner;
import io.katydid.api.State;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeysTest {

    @Test void keysChangeTheNumberOfUsers() {
        try (var environment = Katydid.environment(Scene.Buyer.class).build(); var runner = environment.createLocalRunner()) {
            environment.init();
            runner.start(1, 100);
            assertThat(after(runner, "w", 2)).isEqualTo(2);
            assertThat(after(runner, "W", 12)).isEqualTo(12);
            assertThat(after(runner, "S", 2)).isEqualTo(2);
            assertThat(after(runner, "s", 1)).isEqualTo(1);
        }
    }

    private static int after(Runner runner, String keys, int expected) {
        await(runner);
        new Keys(runner).read(new ByteArrayInputStream(keys.getBytes(StandardCharsets.UTF_8)));
        assertThat(runner.targetUserCount()).isEqualTo(expected);
        await(runner);
        return runner.targetUserCount();
    }

    private static void await(Runner runner) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while ((runner.state() != State.RUNNING || runner.userCount() != runner.targetUserCount()) && System.nanoTime() < end)
            Thread.onSpinWait();
    }
}
