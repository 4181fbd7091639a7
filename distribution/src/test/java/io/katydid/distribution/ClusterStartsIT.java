package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.distribution.Beside.Case;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Starts masters and workers in all ways, right and wrong, and ends them. */
@ResourceLock(Cluster.PROCESSES)
class ClusterStartsIT {
    private static final String SHOP = """
        import io.katydid.api.*;
        import io.katydid.http.*;
        import module java.base;

        class Buyer extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constantPacing(0.05); }

            @Task void buy() { client.get("/buy"); }
        }

        class Reader extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constantPacing(0.05); }

            @Task void read() { client.get("/read"); }
        }
        """;
    private static final String SHAPE = """

        class Steps extends LoadTestShape {
            private int seconds;

            @Override public Tick tick() {
                // A machine may be slow to start the first users.
                if (currentUserCount() > 0) seconds++;
                return seconds < 3 ? users(2, 100) : seconds < 6 ? users(6, 100) : stop();
            }
        }
        """;
    /** Is how many cases run beside each other: they wait most of their time. */
    private static final int AT_ONCE = 3;
    private static final List<String> NOTHING = List.of();

    @TempDir Path folder;

    @TestFactory Stream<DynamicTest> testsThatEndWell() {
        return Beside.run(AT_ONCE,
            new Case("ended by Ctrl-C", () -> aSignalToTheMasterEndsAll("INT")),
            new Case("ended by SIGTERM", () -> aSignalToTheMasterEndsAll("TERM")),
            new Case("what workers are told", this::workersGetAllFromTheirMaster),
            new Case("a shape", this::aShapeRunsOnTheMaster),
            new Case("two processes", () -> oneCommandStartsAll(2)),
            new Case("a process per core", () -> oneCommandStartsAll(-1)),
            new Case("own messages", this::messagesGoBothWays));
    }

    @TestFactory Stream<DynamicTest> testsThatDoNotBegin() {
        return Beside.run(AT_ONCE,
            new Case("too few workers", this::tooFewWorkersAreWaitedForSoLong),
            new Case("no master", this::aWorkerWithoutItsMasterEndsWhenItIsTold),
            new Case("a busy port, an unknown user", this::aBusyPortAndAnUnknownUserAreSaid),
            new Case("master and worker at once", this::aProcessIsOneOfBoth));
    }

    private Path folder(String of) throws IOException { return Files.createDirectories(folder.resolve(of)); }

    private static void allIsCounted(ShopServer server, Product.Ended master, List<Cluster.Node> workers) throws Exception {
        assertThat(master.exitCode()).as(master.err()).isZero();
        for (var worker : workers) assertThat(worker.running().await().exitCode()).as(worker.said()).isZero();
        assertThat(server.total()).isGreaterThan(50);
        assertThat(Cluster.requests(master)).as("requests the master says, and those the server counted").isEqualTo(server.total());
    }

    private void aSignalToTheMasterEndsAll(String signal) throws Exception {
        try (var server = new ShopServer(); var cluster = new Cluster(folder("aSignalToTheMasterEndsAll" + signal), SHOP)) {
            var master = cluster.master("-H", server.url(), "-u", "6", "-r", "100", "--expect-workers", "2", "--html", "report.html");
            var workers = cluster.workers(2);
            master.running().awaitText("All users spawned");
            cluster.await("100 requests", () -> server.total() > 100);
            master.running().signal(signal);
            var ended = master.running().await();
            allIsCounted(server, ended, workers);
            assertThat(ended.err()).contains(signal.equals("INT") ? "Exiting due to CTRL+C interruption" : "Got SIGTERM signal",
                "Shutting down (exit code 0)");
            assertThat(master.folder().resolve("report.html")).content().contains("</html>").doesNotContain("are missing");
        }
    }

    private void workersGetAllFromTheirMaster() throws Exception {
        try (var server = new ShopServer(); var cluster = new Cluster(folder("workersGetAllFromTheirMaster"), SHOP)) {
            var master = cluster.master("-H", server.url(), "-u", "6", "-r", "100", "-t", "6s", "--expect-workers", "2", "Reader");
            // What is the master's to say is not a worker's.
            var workers = cluster.workers(2, "-t", "1s", "-u", "50", "-H", "http://127.0.0.1:9", "Reader");
            var ended = master.running().await();
            allIsCounted(server, ended, workers);
            assertThat(server.count("GET /buy")).isZero();
            assertThat(ended.took()).isGreaterThan(Duration.ofSeconds(6));
            assertThat(ended.err()).contains("Run time limit set to 6 seconds", "All users spawned: {\"Reader\": 6} (6 total users)");
        }
    }

    private void aShapeRunsOnTheMaster() throws Exception {
        try (var server = new ShopServer(); var cluster = new Cluster(folder("aShapeRunsOnTheMaster"), SHOP + SHAPE)) {
            var master = cluster.master("-H", server.url(), "--expect-workers", "2");
            var workers = cluster.workers(2);
            var ended = master.running().await();
            allIsCounted(server, ended, workers);
            assertThat(ended.err()).containsSubsequence("(2 total users)", "(6 total users)", "Shape test completed, shutting down");
        }
    }

    private void oneCommandStartsAll(int processes) throws Exception {
        try (var server = new ShopServer(); var cluster = new Cluster(folder("oneCommandStartsAll" + processes), SHOP)) {
            var parent = cluster.start("parent", NOTHING, "--processes", "" + processes, "--master-bind-port", "0", "--headless",
                "--wait-for-workers-report-after-ramp-up", "30", "-H",
                server.url(), "-u", "8", "-r", "100", "-t", "6s");
            var ended = parent.running().await();
            allIsCounted(server, ended, List.of());
            int workers = processes == -1 ? Runtime.getRuntime().availableProcessors() : processes;
            assertThat(ended.err()).contains(workers + " workers connected.", "(8 total users)").doesNotContain(
                (workers + 1) + " workers connected.");
            assertThat(parent.running().process().descendants()).isEmpty();
        }
    }

    private void messagesGoBothWays() throws Exception {
        var source = Files.readString(Product.HOME.resolve("examples/scripts/CustomMessages.java"));
        try (var server = new ShopServer(); var cluster = new Cluster(folder("messagesGoBothWays"), source)) {
            var master = cluster.master("-H", server.url(), "-u", "6", "-r", "100", "-t", "6s", "--expect-workers", "2");
            var workers = cluster.workers(2);
            var ended = master.running().await();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.out().lines().filter("Thanks for the users!"::equals)).hasSize(2);
            assertThat(server.total()).isPositive().isEqualTo(Cluster.requests(ended));
            for (var worker : workers) assertThat(worker.running().await().err()).doesNotContain("NoSuchElement", "ERROR");
        }
    }

    private void refused(int code, String text, String... arguments) throws Exception {
        try (var cluster = new Cluster(folder(String.join("", arguments).replaceAll("\\W", "")), SHOP)) {
            var ended = cluster.start("refused", NOTHING, arguments).running().await();
            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(code);
            assertThat(ended.err()).contains(text).doesNotContain("\tat ", "Exception");
        }
    }

    private void aProcessIsOneOfBoth() throws Exception {
        refused(255, "The --master argument cannot be combined with --worker.", "--master", "--worker");
        refused(1, "The --master argument cannot be combined with --processes.", "--master", "--processes", "2");
        refused(2, "--processes: 0 is too few. Give 1 or more, or -1 for one per core.", "--processes", "0", "--headless");
    }

    private void aBusyPortAndAnUnknownUserAreSaid() throws Exception {
        try (var busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            refused(1, "The Katydid master port (" + busy.getLocalPort() + ") was busy. Close any other program that uses it", "--master",
                "--headless", "--master-bind-host", "127.0.0.1",
                "--master-bind-port", "" + busy.getLocalPort());
        }
        refused(1, "Unknown User(s): Ghost", "--master", "--headless", "--master-bind-port", "0", "Ghost");
    }

    private void tooFewWorkersAreWaitedForSoLong() throws Exception {
        try (var cluster = new Cluster(folder("tooFewWorkersAreWaitedForSoLong"), SHOP)) {
            var master = cluster.master("--expect-workers", "2", "--expect-workers-max-wait", "3");
            var worker = cluster.worker();
            var ended = master.running().await();
            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
            assertThat(ended.err()).contains("Gave up waiting for workers to connect", " of 2 were ready after 3 s.");
            worker.running().signal("INT");
            worker.running().await();
        }
    }

    private void aWorkerWithoutItsMasterEndsWhenItIsTold() throws Exception {
        try (var cluster = new Cluster(folder("aWorkerWithoutItsMasterEndsWhenItIsTold"), SHOP)) {
            var worker = cluster.worker("-L", "DEBUG");
            worker.running().awaitText("Failed to connect to master 127.0.0.1:" + cluster.port() + ", retry 1/60.");
            long begin = System.nanoTime();
            worker.running().signal("INT");
            var ended = worker.running().await();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
            assertThat(ended.err()).contains("Exiting due to CTRL+C interruption",
                "The worker was interrupted while it waited for its master at 127.0.0.1:" + cluster.port());
            System.out.println("A worker that was told to end before its master was there: exit code " + ended.exitCode());
        }
    }
}
