package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Workers that {@code --processes} starts: they end with the process that started them, and tell it how. */
class ForkedWorkersIT {
    private static final String SCRIPT = """
        import io.katydid.api.*;
        import io.katydid.api.event.*;

        class Visitor extends User {
            @Override protected WaitTime waitTime() { return constant(0.1); }

            @Listen static void onQuitting(Quitting event) {
                if (event.environment().runner() instanceof WorkerRunner) event.environment().processExitCode(42);
            }

            @Task void visit() { measure("T", "visit", () -> {}); }
        }
        """;

    @TempDir Path folder;

    @Test
    @Parity({"CL-32", "CL-122", "AC-31"}) void workersEndWithTheProcessThatStartedThem() throws Exception {
        try (var cluster = new Cluster(folder, SCRIPT)) {
            var master = cluster.start("master",
                List.of("--processes", "2", "--master-bind-port", "0", "--headless", "-u", "4", "-r", "10"));
            master.running().awaitText("All users spawned");
            assertThat(master.said()).contains("2 workers connected.");
            var workers = master.running().process().descendants().toList();
            assertThat(workers).hasSize(2);
            master.running().process().destroyForcibly();
            CompletableFuture.allOf(workers.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new)).get(60,
                TimeUnit.SECONDS);
        }
    }

    @Test
    @Parity({"CL-122", "AC-31"}) void theGreatestExitCodeOfWorkersIsThatOfTheProcessThatStartedThem() throws Exception {
        try (var cluster = new Cluster(folder, SCRIPT)) {
            var master = cluster.master("--expect-workers", "2", "-u", "4", "-r", "10", "-t", "3s");
            var parent = cluster.start("parent",
                List.of("--worker", "--processes", "2", "--master-host", "127.0.0.1", "--master-port", "" + cluster.port()));
            assertThat(master.running().await().exitCode()).isZero();
            var ended = parent.running().await();
            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(42);
        }
    }
}
