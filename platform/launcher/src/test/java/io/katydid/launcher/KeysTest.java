package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Runner;
import io.katydid.api.State;
import io.katydid.parity.Parity;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class KeysTest {

    @Test
    @Parity("CL-116") void keysChangeTheNumberOfUsers() {
        try (var environment = Katydid.environment(Scene.Buyer.class).build(); var runner = environment.createLocalRunner()) {
            environment.init();
            runner.start(1, 100);
            assertThat(after(runner, "w", 2)).isEqualTo(2);
            assertThat(after(runner, "W", 12)).isEqualTo(12);
            assertThat(after(runner, "S", 2)).isEqualTo(2);
            assertThat(after(runner, "s", 1)).isEqualTo(1);
        }
    }

    @Test
    @Parity("CL-116") void keysAreRefusedWhileUsersAreSpawned() {
        var err = new ByteArrayOutputStream();
        var stream = new PrintStream(err, true, StandardCharsets.UTF_8);
        LogSetup.install("WARNING", stream, stream);
        try (var environment = Katydid.environment(Scene.Buyer.class).build(); var runner = environment.createLocalRunner()) {
            environment.init();
            runner.start(50, 1);
            new Keys(runner).read(new ByteArrayInputStream("wS".getBytes(StandardCharsets.UTF_8)));
            assertThat(runner.targetUserCount()).isEqualTo(50);
        }
        assertThat(err.toString(StandardCharsets.UTF_8).lines()).hasSize(2)
            .allMatch(line -> line.contains("Already spawning users, can't change their number right now."));
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
