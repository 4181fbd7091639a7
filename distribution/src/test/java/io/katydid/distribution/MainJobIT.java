package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Puts real load on a real nginx and compares what it served with what was reported. {@code -Dkatydid.seconds=30} makes the runs longer. */
class MainJobIT {
    private static final int SECONDS = Integer.getInteger("katydid.seconds", 3);
    private static final String USERS = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Busy extends FastHttpUser {
            static final java.util.concurrent.atomic.AtomicInteger RUNS = new java.util.concurrent.atomic.AtomicInteger();

            @Task void home() {
                client.get("/", name("home"), context("trace", 1));
                if (RUNS.incrementAndGet() == Integer.getInteger("quit.after", -1)) environment().runner().quit();
            }
        }
        """;

    @TempDir Path folder;

    @Test void aRunEndedByTimeCountsWhatTheServerCounts() throws Exception {
        try (var nginx = Nginx.start(folder)) {
            var product = new Product(folder);
            var script = product.script("Busy.java", USERS);

            var run = product.run("-f", script.toString(), "-H", nginx.url(), "--headless", "-u", "100", "-r", "100", "-t", SECONDS + "s",
                "--json");

            assertSame(nginx, run);
        }
    }

    @Test void aRunEndedByCtrlCCountsWhatTheServerCounts() throws Exception {
        try (var nginx = Nginx.start(folder)) {
            var product = new Product(folder);
            var script = product.script("Busy.java", USERS);
            var running = product.start("-f", script.toString(), "-H", nginx.url(), "--headless", "-u", "100", "-r", "100", "--json");
            running.awaitText("All users spawned");
            long started = nginx.served();
            while (nginx.served() < started + 1000) Thread.onSpinWait();

            running.signal("INT");

            assertSame(nginx, running.await());
        }
    }

    @Test
    @Parity("RN-24") void aRunEndedByATaskCountsWhatTheServerCounts() throws Exception {
        try (var nginx = Nginx.start(folder)) {
            var product = new Product(folder).with("KATYDID_JAVA_OPTS", "-Dquit.after=20000");
            var script = product.script("Busy.java", USERS);

            var run = product.run("-f", script.toString(), "-H", nginx.url(), "--headless", "-u", "100", "-r", "100", "--json");

            assertSame(nginx, run);
            assertThat(run.requests()).isGreaterThanOrEqualTo(20_000);
        }
    }

    private static void assertSame(Nginx nginx, Product.Ended run) throws Exception {
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.failures()).as(run.err()).isZero();
        assertThat(run.requests()).as(run.err()).isPositive().isEqualTo(nginx.served());
        assertThat(run.err()).doesNotContain("cancelled");
    }
}
