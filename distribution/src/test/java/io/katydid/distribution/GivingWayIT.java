package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at the nice values of the threads of a test that runs. */
class GivingWayIT {
    private static final int NICE = 10;
    /** Is where the nice value is, counted after the thread's name. */
    private static final int FIELD = 16;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;

    @Test void whoServesATestGivesWayToItsLoops() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "no Linux, where a thread has a nice value of its own");
        int usual = nice(Path.of("/proc/self/stat"));
        assumeTrue(usual + NICE <= 19, "the tests themselves run with a nice value that leaves no room");
        var product = new Product(folder);
        product.script("katydidfile.java", """
            import io.katydid.api.*;

            class Calm extends User {
                @Override protected WaitTime waitTime() { return constant(0.1); }

                @Task void nothing() { measure("T", "nothing", () -> {}); }
            }
            """);
        var running = product.start("--headless", "-u", "2", "-r", "2", "--csv", folder.resolve("calm").toString());
        try {
            running.awaitText("All users spawned");
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(nices(running)).containsEntry("katydid-reporte", usual + NICE)
                .containsEntry("katydid-second", usual + NICE));
            assertThat(nices(running)).containsEntry("katydid-carrier", usual).containsEntry("katydid-plugins", usual)
                .containsEntry("C1 CompilerThre", usual)
                .containsEntry("VM Thread", usual);
            running.signal("INT");
            assertThat(running.await().exitCode()).isZero();
        } finally {
            running.process().destroyForcibly();
        }
    }

    /** Gives the nice value by the first 15 characters of the name; those of the same name must have the same one. */
    private static Map<String, Integer> nices(Product.Running running) throws IOException {
        var nices = new TreeMap<String, Integer>();
        try (var threads = Files.list(Path.of("/proc", "" + running.process().pid(), "task"))) {
            for (var thread : threads.toList()) add(thread, nices);
        }
        return nices;
    }

    private static void add(Path thread, Map<String, Integer> nices) {
        try {
            var name = Files.readString(thread.resolve("comm")).strip();
            int nice = nice(thread.resolve("stat"));
            var before = nices.put(name, nice);
            if (before != null) assertThat(nice).as(name).isEqualTo(before);
        } catch (IOException ended) {
            // Threads come and go; those that are asserted stay.
        }
    }

    private static int nice(Path stat) throws IOException {
        return Integer.parseInt(Files.readString(stat).replaceFirst("(?s)^.*\\) ", "").split(" ")[FIELD]);
    }
}
