package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs a test that hardly does anything on a loop that does not sleep. */
class BusyPollIT {
    private static final Pattern TOLD = Pattern.compile("took (\\d+) ms of (\\d+)");
    @TempDir Path folder;

    @Test void aLoopThatDoesNotSleepTakesItsCoreAndIsNotDoubted() throws Exception {
        var product = new Product(folder);
        product.script("katydidfile.java", """
            import io.katydid.api.*;
            import io.katydid.api.event.*;
            import java.lang.management.*;

            class Calm extends User {
                private static long begun;
                private static long used;

                @Override protected WaitTime waitTime() { return constant(0.01); }

                @Task void nothing() { measure("T", "nothing", () -> {}); }

                @Listen static void onSpawned(SpawningComplete all) {
                    begun = System.nanoTime();
                    used = cpu();
                }

                @Listen static void onStop(TestStopping end) {
                    System.err.println("took " + (cpu() - used) / 1_000_000 + " ms of " + (System.nanoTime() - begun) / 1_000_000);
                }

                private static long cpu() {
                    return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
                }
            }
            """);
        var run = product.run("--headless", "--busy-poll", "--loops", "1", "-u", "2", "-r", "2", "-t", "6s", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.requests()).as("of two users, a hundred a second").isBetween(200L, 1_300L);
        assertThat(run.err()).doesNotContain("busy", "CPU usage");
        var told = TOLD.matcher(run.err());
        assertThat(told.find()).as(run.err()).isTrue();
        var took = Duration.ofMillis(Long.parseLong(told.group(1)));
        assertThat(took).as("of " + told.group(2) + " ms").isGreaterThan(Duration.ofMillis(Long.parseLong(told.group(2)) / 3));
    }
}
