package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.distribution.Beside.Case;
import io.katydid.distribution.Cluster.Node;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Lets Katydid work with masters and workers that speak the reference's protocol in Python's and others' ways, and with peers that mean harm. */
@ResourceLock(Cluster.PROCESSES)
class ForeignClusterIT {
    private static final String SHOP = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Buyer extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constantPacing(0.05); }

            @Task void buy() { client.get("/Buyer"); }
        }

        class Reader extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constantPacing(0.05); }

            @Task void read() { client.get("/Reader"); }
        }
        """;
    /** Is how many cases run beside each other: they wait most of their time. */
    private static final int AT_ONCE = 3;
    /** Are requests per second of one worker in Python. */
    private static final int RATE = 80;
    private static final Pattern AGGREGATED = Pattern.compile("Aggregated\\s+(\\d+)\\s+(\\d+)\\(");
    private static final List<String> HARM_TO_MASTERS = List.of("garbage", "truncated", "wrong_types", "deep", "million", "unknown_types",
        "unknown_spawning", "unknown_stats", "unknown_others", "other_node", "empty_version", "integer_version", "silent", "duplicate",
        "many",
        "raw_tcp", "huge", "slow_reader", "vanishing");
    private static final long MOST_GROWTH_MEBIBYTES = 500;

    @TempDir Path folder;

    @TestFactory Stream<DynamicTest> others() throws Exception {
        LocustPeer.requireLibraries();
        return Beside.run(AT_ONCE,
            new Case("workers of locust", () -> aMasterTakesWorkersOf("locust")),
            new Case("workers of boomer", () -> aMasterTakesWorkersOf("boomer")),
            new Case("workers of locust4j", () -> aMasterTakesWorkersOf("locust4j")),
            new Case("workers of both", this::aMasterTakesBothTogether),
            new Case("a master of 2.46", () -> aWorkerServes("2.46")),
            new Case("a master of 2.12", () -> aWorkerServes("2.12")),
            new Case("a real master", this::aWorkerServesTheRealMaster));
    }

    @TestFactory Stream<DynamicTest> mastersThatMeanHarm() throws Exception {
        LocustPeer.requireLibraries();
        return Beside.run(AT_ONCE, Stream.of("garbage", "truncated", "wrong_types", "deep", "million", "huge", "unknown_types")
            .map(mode -> new Case(mode, () -> aWorkerOutlives(mode))).toArray(Case[]::new));
    }

    private Path folder(String of) throws IOException { return Files.createDirectories(folder.resolve(of)); }

    private static LocustPeer python(int port, String id, String style) throws Exception {
        return LocustPeer.worker(port, "--id", id, "--users", "Buyer,Reader", "--rate", "" + RATE, "--style", style);
    }

    private static Node master(Cluster cluster, ShopServer server, int workers, String... more) throws Exception {
        return cluster
            .master(Stream.concat(Stream.of("-H", server.url(), "-u", "8", "-r", "100", "--expect-workers", "" + workers, "--json",
                "report.json", "--html", "report.html"), Stream.of(more)).toArray(String[]::new));
    }

    private static JsonNode statistics(Node master) throws IOException {
        return new Results(master.folder()).json("report.json").get("statistics");
    }

    private static long requests(Node master, String name) throws IOException {
        return statistics(master).valueStream().filter(entry -> entry.get("name").stringValue().equals(name))
            .mapToLong(entry -> entry.get("num_requests").asLong()).sum();
    }

    private static void noExceptions(Node node) throws IOException {
        assertThat(node.said()).doesNotContain("\tat ", "could not take up", "failed to do its part", "OutOfMemory");
    }

    private void aMasterTakesWorkersOf(String style) throws Exception {
        try (var server = new ShopServer(); var cluster = new Cluster(folder(style), SHOP)) {
            var master = master(cluster, server, 2, "-t", "7s");
            try (var first = python(cluster.port(), "hostA_1", style); var second = python(cluster.port(), "hostB_2", style)) {
                var ended = master.running().await();
                assertThat(ended.exitCode()).as(ended.err()).isZero();
                assertThat(List.of(first.exitCode(), second.exitCode())).containsOnly(0);
                assertThat(first.events("unreadable")).isEmpty();
                assertThat(ended.err()).contains("All users spawned: {\"Buyer\": 4, \"Reader\": 4} (8 total users)",
                    "2 workers connected.");
                long ours = Results.counts(statistics(master)).getFirst();
                System.out.printf("%s workers: the master has %d requests, the server counted %d%n", style, ours, server.total());
                assertThat(server.total()).isGreaterThan(300);
                // What a boomer or a locust4j had not reported when it was told to stop is never reported.
                if (style.equals("locust")) assertThat(ours).isEqualTo(server.total());
                else assertThat(ours).isBetween(server.total() - 2 * 5 * RATE, server.total());
                noExceptions(master);
                assertThat(ended.err()).doesNotContain("ERROR");
            }
        }
    }

    private void aMasterTakesBothTogether() throws Exception {
        try (var server = new ShopServer(); var cluster = new Cluster(folder("both"), SHOP)) {
            var master = master(cluster, server, 3, "-t", "8s");
            var workers = cluster.workers(2);
            try (var python = python(cluster.port(), "python_1", "locust")) {
                var ended = master.running().await();
                assertThat(ended.exitCode()).as(ended.err()).isZero();
                for (var worker : workers) assertThat(worker.running().await().exitCode()).as(worker.said()).isZero();
                assertThat(python.exitCode()).isZero();
                System.out.printf("Workers of both: the master has %d requests, the server counted %d%n",
                    Results.counts(statistics(master)).getFirst(), server.total());
                assertThat(python.messages("sent", "spawning_complete")).isNotEmpty();
                for (var name : List.of("/Buyer", "/Reader"))
                    assertThat(requests(master, name)).as(name).isPositive().isEqualTo(server.count("GET " + name));
                noExceptions(master);
            }
        }
    }

    private void aWorkerServes(String style) throws Exception {
        try (var server = new ShopServer();
            var master = LocustPeer.master("--style", style);
            var cluster = new Cluster(folder(style), SHOP, master.await("listening").get("port").intValue())) {
            var worker = cluster.worker();
            master.await("ready");
            master.tell("spawn", Map.of("classes", Map.of("Buyer", 2, "Reader", 2), "rate", 2, "host", server.url()));
            // It waits a second at most, as the reference does, and says then how many there are so far.
            master.await("spawned");
            master.await("received",
                each -> each.get("type").stringValue().equals("spawning_complete") && each.at("/data/user_count").intValue() == 4);
            master.await("received", 3, each -> each.get("type").stringValue().equals("stats") && !each.at("/data/stats").isEmpty());
            master.tell("stop");
            master.await("state", each -> each.get("state").stringValue().equals("stopped"));
            master.await("ready", 2, _ -> true);
            master.tell("quit");
            assertThat(worker.running().await().exitCode()).as(worker.said()).isZero();
            assertThat(master.exitCode()).isZero();
            long merged = master.await("stats").at("/total/num_requests").longValue();
            System.out.printf("A master of %s: %d requests, the server counted %d%n", style, merged, server.total());
            assertThat(merged).isGreaterThan(200).isEqualTo(server.total());
            assertThat(master.events("failed")).isEmpty();
            assertThat(master.events("unknown")).isEmpty();
            noExceptions(worker);
        }
    }

    /** Debian's master is of 2.12. */
    private void aWorkerServesTheRealMaster() throws Exception {
        var locust = Peers.require("locust");
        var own = folder("real");
        Files.writeString(own.resolve("locustfile.py"), """
            from locust import HttpUser, task

            class Buyer(HttpUser):
                @task
                def buy(self):
                    pass

            class Reader(HttpUser):
                @task
                def read(self):
                    pass
            """);
        try (var server = new ShopServer(); var cluster = new Cluster(own, SHOP)) {
            var master = new Product(own).startCommand(List.of(locust.toString(), "-f", "locustfile.py", "--master", "--master-bind-host",
                "127.0.0.1", "--master-bind-port", "" + cluster.port(), "--headless", "-u", "8", "-r", "8", "-t", "7s", "--expect-workers",
                "2",
                "--host", server.url()));
            try {
                var workers = cluster.workers(2);
                var ended = master.await();
                assertThat(ended.exitCode()).as(ended.err()).isZero();
                for (var worker : workers) assertThat(worker.running().await().exitCode()).as(worker.said()).isZero();
                long theirs = AGGREGATED.matcher(ended.out() + ended.err()).results().mapToLong(found -> Long.parseLong(found.group(1)))
                    .reduce(0, (_, last) -> last);
                System.out.printf("A real master: %d requests, the server counted %d%n", theirs, server.total());
                assertThat(theirs).isGreaterThan(200).isEqualTo(server.total());
                assertThat(ended.err()).contains("2 workers connected.").doesNotContain("Traceback");
                // Workers of 2.46 send their log, which 2.12 does not know.
                assertThat(ended.err().lines().filter(line -> line.contains("Unknown message"))).allMatch(line -> line.endsWith(": logs"));
            } finally {
                master.process().destroyForcibly().waitFor();
            }
        }
    }

    private void aWorkerOutlives(String mode) throws Exception {
        try (var master = LocustPeer.hostileMaster(mode);
            var cluster = new Cluster(folder("master_" + mode), SHOP, master.await("listening").get("port").intValue())) {
            var worker = cluster.worker();
            cluster.await("the worker's greeting", () -> !master.events("registered").isEmpty());
            master.await("done");
            master.await("received", 2, each -> each.get("type").stringValue().equals("heartbeat"));
            worker.running().signal("TERM");
            var ended = worker.running().await();
            System.out.printf("A master that sends %s: exit code %d%n", mode, ended.exitCode());
            assertThat(ended.err()).contains("Got SIGTERM signal", "Shutting down");
            noExceptions(worker);
        }
    }

    @Test void aMasterOutlivesPeersThatMeanHarm() throws Exception {
        LocustPeer.requireLibraries();
        try (var server = new ShopServer(); var cluster = new Cluster(folder, SHOP)) {
            var master = master(cluster, server, 1, "--exit-code-on-error", "0");
            var worker = cluster.worker();
            master.running().awaitText("All users spawned");
            long before = master.residentMebibytes();
            for (var mode : HARM_TO_MASTERS) {
                try (var hostile = LocustPeer.hostile(mode, cluster.port(), "--id", "hostile_" + mode)) {
                    hostile.await("done");
                    long asked = server.total();
                    cluster.await("requests while there is " + mode, () -> server.total() > asked + 20);
                }
            }
            long after = master.residentMebibytes();
            System.out.printf("A master with peers that mean harm: %d MiB before them, %d MiB after%n", before, after);
            master.running().signal("TERM");
            var ended = master.running().await();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(worker.running().await().exitCode()).as(worker.said()).isZero();
            for (var name : List.of("/Buyer", "/Reader"))
                assertThat(requests(master, name)).as(name).isPositive().isEqualTo(server.count("GET " + name));
            noExceptions(master);
            assertThat(after - before).isLessThan(MOST_GROWTH_MEBIBYTES);
        }
    }

    @Test void aMasterThatIsLongAtOneMessageBlamesNobody() throws Exception {
        LocustPeer.requireLibraries();
        try (var server = new ShopServer(); var cluster = new Cluster(folder, SHOP)) {
            // Without a compiler so many values take it longer than a worker may be silent.
            var master = cluster.startBy(List.of(), Map.of("KATYDID_JAVA_OPTS", "-Xint"), "master",
                List.of("--master", "--master-bind-host", "127.0.0.1", "--master-bind-port", "" + cluster.port(), "--headless", "-H",
                    server.url(), "-u", "8", "-r", "100", "--expect-workers", "1"));
            cluster.worker();
            master.running().awaitText("All users spawned");
            try (var hostile = LocustPeer.hostile("classes", cluster.port(), "--id", "hostile")) {
                hostile.await("done");
                long begin = System.nanoTime();
                master.running().awaitText("Worker hostile sent statistics that cannot be counted: user_classes_count");
                var took = Duration.ofNanos(System.nanoTime() - begin);
                System.out.printf("A master was at one message for about %.1f s%n", took.toMillis() / 1e3);
                assertThat(took).as("longer than a worker may be silent").isGreaterThan(Duration.ofSeconds(4));
            }
            assertThat(master.said()).doesNotContain("failed to send heartbeat");
            long asked = server.total();
            cluster.await("requests after it", () -> server.total() > asked + 20);
        }
    }
}
