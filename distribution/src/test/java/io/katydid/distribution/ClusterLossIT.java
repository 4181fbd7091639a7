package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.distribution.Beside.Case;
import io.katydid.distribution.Cluster.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;

/** Kills, halts and starts anew the processes of a running test, cuts the network between them, and holds the figures to what the server counted. */
@ResourceLock(Cluster.PROCESSES)
class ClusterLossIT {
    /** Each process asks for a path of its own, so that the server knows who made a request. */
    private static final String SHOP = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Buyer extends FastHttpUser {
            private static final String OWN = "/buy/" + ProcessHandle.current().pid();

            @Override protected WaitTime waitTime() { return constantPacing(0.05); }

            @Task void buy() { client.get(OWN, name("/buy")); }
        }
        """;
    private static final int USERS = 12;
    /** Is how many cases run beside each other: they wait most of their time. */
    private static final int AT_ONCE = 3;
    /** Is so many requests of a worker, 240 in a second, that its master knows its pace: of three heartbeats all of whose time it was at it, and one that is under way. */
    private static final int AT_ITS_PACE = 1000;
    private static final Pattern LOST = Pattern.compile("was lost: (\\d+) to (\\d+) requests that it made since its last report at [\\d:]+"
        + " are missing from the figures. Look whether its machine is overloaded or its network is down.");
    private static final String ALL = "All users spawned: {\"Buyer\": " + USERS + "} (" + USERS + " total users)";

    @TempDir Path folder;

    @TestFactory Stream<DynamicTest> losses() {
        return Beside.run(AT_ONCE,
            // It waits longest.
            new Case("workersEndWithoutTheirMaster", this::workersEndWithoutTheirMaster),
            new Case("aKilledWorkersUsersGoToTheOthersAndToTheOneThatIsStartedAnew",
                this::aKilledWorkersUsersGoToTheOthersAndToTheOneThatIsStartedAnew),
            new Case("aHaltedWorkerComesBackWithAllItDid", this::aHaltedWorkerComesBackWithAllItDid),
            new Case("aHaltedMasterLosesNobody", this::aHaltedMasterLosesNobody),
            new Case("aMasterThatIsStartedAnewIsFoundByItsWorkers", this::aMasterThatIsStartedAnewIsFoundByItsWorkers),
            new Case("aTestGoesOnWithoutAWorkerWhenItIsToldTo", this::aTestGoesOnWithoutAWorkerWhenItIsToldTo),
            new Case("aTestFailsWithAWorkerWhenItIsToldTo", this::aTestFailsWithAWorkerWhenItIsToldTo),
            new Case("theLastWorkersLossEndsTheTest", this::theLastWorkersLossEndsTheTest),
            new Case("aCutOfTheNetworkIsMended", this::aCutOfTheNetworkIsMended));
    }

    private Path folder(String of) throws IOException { return Files.createDirectories(folder.resolve(of)); }

    private static long asked(ShopServer server, Node worker) { return server.count("GET /buy/" + worker.running().process().pid()); }

    private static int times(Node node, String text) throws Exception { return node.said().split(Pattern.quote(text), -1).length - 1; }

    private Node master(Cluster cluster, ShopServer server, int workers, String... more) throws Exception {
        var words = new ArrayList<>(List.of("-H", server.url(), "-u", "" + USERS, "-r", "100", "--expect-workers", "" + workers, "--html",
            "report.html", "--json", "report.json"));
        words.addAll(List.of(more));
        return cluster.master(words.toArray(String[]::new));
    }

    /** Waits until a worker has made so many requests more. */
    private static void awaitMore(Cluster cluster, ShopServer server, Node worker, long more) throws Exception {
        long wanted = asked(server, worker) + more;
        cluster.await(wanted + " requests of a worker", () -> asked(server, worker) >= wanted);
    }

    private static void kill(Node node) throws Exception {
        node.running().signal("KILL");
        assertThat(node.running().await().exitCode()).isEqualTo(137);
    }

    private static long total(Node master) throws Exception {
        return Results.counts(new Results(master.folder()).json("report.json").get("statistics")).getFirst();
    }

    private static String report(Node master) throws Exception { return Files.readString(master.folder().resolve("report.html")); }

    /** Ends the test by a signal to the master; it and its workers end well. */
    private static Product.Ended end(Node master, List<Node> workers) throws Exception {
        master.running().signal("TERM");
        var ended = master.running().await();
        for (var worker : workers) assertThat(worker.running().await().exitCode()).as(worker.said()).isZero();
        return ended;
    }

    /** Holds what is missing to what the report says of it. */
    private static void rangeIsTrue(String what, Node master, ShopServer server) throws Exception {
        var found = LOST.matcher(report(master));
        assertThat(found.find()).as("the report says what is missing: " + master.said()).isTrue();
        long least = Long.parseLong(found.group(1));
        long most = Long.parseLong(found.group(2));
        assertThat(found.find()).as("one worker was lost").isFalse();
        long missing = server.total() - total(master);
        System.out.printf("%s: the server counted %d, %d are missing, the report says %d to %d%n", what, server.total(), missing, least,
            most);
        assertThat(missing).isBetween(least, most);
        assertThat(most - least).as("it is of use").isLessThan(server.total());
    }

    private static void nothingIsMissing(String what, Node master, ShopServer server) throws Exception {
        System.out.printf("%s: the server counted %d, the master %d%n", what, server.total(), total(master));
        assertThat(total(master)).isEqualTo(server.total());
        assertThat(report(master)).doesNotContain("are missing");
        assertThat(master.said()).doesNotContain("ERROR");
    }

    private void aKilledWorkersUsersGoToTheOthersAndToTheOneThatIsStartedAnew() throws Exception {
        try (var server = new ShopServer();
            var cluster = new Cluster(folder("aKilledWorkersUsersGoToTheOthersAndToTheOneThatIsStartedAnew"), SHOP)) {
            var master = master(cluster, server, 2);
            var stays = cluster.worker();
            var killed = cluster.worker();
            master.running().awaitText(ALL);
            awaitMore(cluster, server, killed, AT_ITS_PACE);
            long begin = System.nanoTime();
            kill(killed);
            cluster.await("users given to the other", () -> times(master, ALL) == 2);
            double seconds = (System.nanoTime() - begin) / 1e9;
            System.out.printf("A killed worker's users were with the other one %.1f s later%n", seconds);
            assertThat(seconds).isLessThan(9);
            assertThat(master.said()).contains("failed to send heartbeat, setting state to missing.");
            var anew = cluster.worker();
            cluster.await("users given to the new one", () -> times(master, ALL) == 3);
            // The other one had all of them before, and the new one has just been started.
            awaitMore(cluster, server, anew, 100);
            long before = asked(server, stays);
            awaitMore(cluster, server, anew, 200);
            assertThat(asked(server, stays) - before).as("requests of the other one, which has half of the users").isBetween(100L, 400L);
            var ended = end(master, List.of(stays, anew));
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            rangeIsTrue("A killed worker", master, server);
        }
    }

    private void aHaltedWorkerComesBackWithAllItDid() throws Exception {
        try (var server = new ShopServer(); var cluster = new Cluster(folder("aHaltedWorkerComesBackWithAllItDid"), SHOP)) {
            var master = master(cluster, server, 2);
            var stays = cluster.worker();
            var halted = cluster.worker();
            master.running().awaitText(ALL);
            awaitMore(cluster, server, halted, 300);
            haltAndGoOn(cluster, halted, 10);
            master.running().awaitText("self-healed with heartbeat");
            cluster.await("users given anew", () -> times(master, ALL) == 3);
            awaitMore(cluster, server, halted, 100);
            var ended = end(master, List.of(stays, halted));
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err()).contains("failed to send heartbeat, setting state to missing.", "was lost: ");
            assertThat(report(master)).contains("was not heard of for a while; it is back, and what it did meanwhile is in the figures.");
            assertThat(halted.said()).doesNotContain("it is greeted again");
            nothingIsMissing("A halted worker", master, server);
        }
    }

    private static void haltAndGoOn(Cluster cluster, Node node, int seconds) throws Exception {
        node.running().signal("STOP");
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        cluster.await("a halt of " + seconds + " s", () -> System.nanoTime() > until);
        node.running().signal("CONT");
    }

    private void aHaltedMasterLosesNobody() throws Exception {
        try (var server = new ShopServer(); var cluster = new Cluster(folder("aHaltedMasterLosesNobody"), SHOP)) {
            var master = master(cluster, server, 2);
            var workers = cluster.workers(2);
            master.running().awaitText(ALL);
            for (var worker : workers) awaitMore(cluster, server, worker, 200);
            haltAndGoOn(cluster, master, 10);
            for (var worker : workers) worker.running().awaitText("The master has not answered for 5 heartbeats: it is greeted again.");
            for (var worker : workers) awaitMore(cluster, server, worker, 600);
            var ended = end(master, workers);
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err()).doesNotContain("missing");
            nothingIsMissing("A halted master", master, server);
        }
    }

    private void aMasterThatIsStartedAnewIsFoundByItsWorkers() throws Exception {
        try (var server = new ShopServer(); var cluster = new Cluster(folder("aMasterThatIsStartedAnewIsFoundByItsWorkers"), SHOP)) {
            var killed = master(cluster, server, 2);
            var workers = cluster.workers(2);
            killed.running().awaitText(ALL);
            for (var worker : workers) awaitMore(cluster, server, worker, 200);
            long before = server.total();
            kill(killed);
            for (var worker : workers) awaitMore(cluster, server, worker, 100);
            var anew = master(cluster, server, 2);
            anew.running().awaitText("2 workers connected.");
            anew.running().awaitText(ALL);
            long begun = server.total();
            for (var worker : workers) awaitMore(cluster, server, worker, 300);
            var ended = end(anew, workers);
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            System.out
                .printf("A master that was started anew: %d requests, the server counted %d, %d of them before the first was killed, and"
                    + " %d since the new one had all users%n", total(anew), server.total(), before, server.total() - begun);
            assertThat(total(anew)).isBetween(server.total() - begun, server.total());
            assertThat(report(anew)).doesNotContain("are missing");
        }
    }

    private void aTestGoesOnWithoutAWorkerWhenItIsToldTo() throws Exception {
        try (var server = new ShopServer(); var cluster = new Cluster(folder("aTestGoesOnWithoutAWorkerWhenItIsToldTo"), SHOP)) {
            var master = master(cluster, server, 2, "--worker-loss", "continue");
            var stays = cluster.worker();
            var killed = cluster.worker();
            master.running().awaitText(ALL);
            awaitMore(cluster, server, killed, AT_ITS_PACE);
            kill(killed);
            master.running().awaitText("was lost: ");
            awaitMore(cluster, server, stays, 300);
            var ended = end(master, List.of(stays));
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(times(master, "All users spawned")).isEqualTo(1);
            rangeIsTrue("A worker that a test goes on without", master, server);
        }
    }

    private void aTestFailsWithAWorkerWhenItIsToldTo() throws Exception {
        try (var server = new ShopServer(); var cluster = new Cluster(folder("aTestFailsWithAWorkerWhenItIsToldTo"), SHOP)) {
            var master = master(cluster, server, 2, "--worker-loss", "fail");
            var stays = cluster.worker();
            var killed = cluster.worker();
            master.running().awaitText(ALL);
            awaitMore(cluster, server, killed, AT_ITS_PACE);
            kill(killed);
            var ended = master.running().await();
            assertThat(ended.exitCode()).as(ended.err()).isEqualTo(1);
            assertThat(stays.running().await().exitCode()).as(stays.said()).isZero();
            assertThat(ended.err()).containsPattern("The test is stopped because the worker \\S+ was lost and --worker-loss=fail says so.");
            rangeIsTrue("A worker that fails a test", master, server);
        }
    }

    private void theLastWorkersLossEndsTheTest() throws Exception {
        try (var server = new ShopServer(); var cluster = new Cluster(folder("theLastWorkersLossEndsTheTest"), SHOP)) {
            var master = master(cluster, server, 1, "-t", "60s");
            var killed = cluster.worker();
            master.running().awaitText(ALL);
            awaitMore(cluster, server, killed, AT_ITS_PACE);
            kill(killed);
            master.running().awaitText("The last worker went missing, stopping test.");
            var ended = end(master, List.of());
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            rangeIsTrue("The last worker", master, server);
        }
    }

    private void aCutOfTheNetworkIsMended() throws Exception {
        try (var server = new ShopServer();
            var cluster = new Cluster(folder("aCutOfTheNetworkIsMended"), SHOP);
            var relay = new Relay(cluster.port())) {
            var master = master(cluster, server, 2);
            var stays = cluster.worker();
            var cutOff = cluster.workerOf(relay.port());
            master.running().awaitText(ALL);
            awaitMore(cluster, server, cutOff, 300);
            relay.cut();
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
            master.running().awaitText("failed to send heartbeat, setting state to missing.");
            cluster.await("users given to the other", () -> times(master, ALL) == 2);
            cluster.await("a cut of 15 s", () -> System.nanoTime() > until);
            relay.mend();
            cluster.await("users given anew", () -> times(master, ALL) >= 3);
            awaitMore(cluster, server, cutOff, 200);
            var ended = end(master, List.of(stays, cutOff));
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(report(master)).contains("it is back, and what it did meanwhile is in the figures.");
            nothingIsMissing("A network that was cut", master, server);
        }
    }

    private void workersEndWithoutTheirMaster() throws Exception {
        try (var server = new ShopServer(); var cluster = new Cluster(folder("workersEndWithoutTheirMaster"), SHOP)) {
            var master = master(cluster, server, 2);
            var workers = cluster.workers(2);
            master.running().awaitText(ALL);
            kill(master);
            long begin = System.nanoTime();
            for (var worker : workers) {
                var ended = worker.running().await();
                double seconds = (System.nanoTime() - begin) / 1e9;
                System.out.printf("A worker ended %.1f s after its master was killed, with exit code %d%n", seconds, ended.exitCode());
                assertThat(seconds).isBetween(55.0, 90.0);
                assertThat(ended.err()).contains("Didn't get heartbeat from master in over 60s").doesNotContain("\tat ");
            }
        }
    }
}
