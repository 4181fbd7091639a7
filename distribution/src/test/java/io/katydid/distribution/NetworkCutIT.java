package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.distribution.Beside.Case;
import io.katydid.distribution.Cluster.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Cuts the link between a master's machine and a worker's for 15 seconds, in which packets vanish and no connection is closed, and holds the figures to the servers'. */
@ResourceLock(Cluster.PROCESSES)
class NetworkCutIT {
    /** Each worker's machine has a server of its own, which is reached whatever happens to the link. */
    private static final String LOCAL = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Buyer extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constantPacing(0.1); }

            @Task void buy() { client.get("/buy"); }
        }
        """;
    private static final int USERS = 12;
    private static final int CUT_SECONDS = 15;
    /** Is what a worker needs to be heard again, however the connection is. */
    private static final double MOST_SECONDS_TO_MEND = 8;
    private static final int STAYS = 1;
    private static final int CUT_OFF = 2;
    private static final String READY = " reported as ready. ";
    private static final String ALL = "All users spawned: {\"Buyer\": " + USERS + "} (" + USERS + " total users)";

    @TempDir Path folder;

    /** Is a master's machine and two workers', and what lies between each of them and the master's. */
    private record Network(Machine between, Machine master, Machine stays, Machine cutOff) implements AutoCloseable {

        static Network start(Path folder) throws Exception {
            var machines = new ArrayList<Machine>();
            try {
                for (int i = 0; i < 4; i++) machines.add(Machine.start());
                var network = new Network(machines.get(0), machines.get(1), machines.get(2), machines.get(3));
                network.between.join(network.master, network.stays, STAYS);
                network.between.join(network.master, network.cutOff, CUT_OFF);
                network.stays.serve(folder);
                network.cutOff.serve(folder);
                return network;
            } catch (Throwable problem) {
                machines.forEach(Machine::close);
                throw problem;
            }
        }

        @Override public void close() {
            cutOff.close();
            stays.close();
            master.close();
            between.close();
        }
    }

    @TestFactory Stream<DynamicTest> cuts() {
        return Beside.run(2,
            new Case("aConnectionThatOutlivesTheCutGoesOn", () -> cutAndMend("aConnectionThatOutlivesTheCutGoesOn", false)),
            new Case("aConnectionThatDiesInTheCutIsMadeAnew", () -> cutAndMend("aConnectionThatDiesInTheCutIsMadeAnew", true)));
    }

    private static int times(Node node, String text) throws Exception { return node.said().split(Pattern.quote(text), -1).length - 1; }

    private static Node worker(Cluster cluster, Machine machine, int link) throws Exception {
        return cluster.startBy(machine.command(), Map.of(), "worker", List.of("--worker", "--master-host", "10.77." + link + ".1"));
    }

    private static void awaitMore(Cluster cluster, Machine machine, int more) throws Exception {
        int wanted = machine.served().size() + more;
        cluster.await(wanted + " requests of a worker", () -> machine.served().size() >= wanted);
    }

    private void cutAndMend(String name, boolean dies) throws Exception {
        var own = Files.createDirectories(folder.resolve(name));
        try (var network = Network.start(own); var cluster = new Cluster(own, LOCAL)) {
            if (dies) network.cutOff.givesUpAfter(3);
            var master = cluster.startBy(network.master.command(), Map.of(), "master",
                List.of("--master", "--headless", "-H", Machine.url(),
                    "-u", "" + USERS, "-r", "100", "--expect-workers", "2", "--html", "report.html", "--json", "report.json"));
            var stays = worker(cluster, network.stays, STAYS);
            var cutOff = worker(cluster, network.cutOff, CUT_OFF);
            master.running().awaitText(ALL);
            awaitMore(cluster, network.cutOff, 200);
            network.between.cut(CUT_OFF);
            var cutAt = Instant.now();
            long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(CUT_SECONDS);
            master.running().awaitText("failed to send heartbeat, setting state to missing.");
            cluster.await("users given to the other", () -> times(master, ALL) == 2);
            cluster.await("a cut of " + CUT_SECONDS + " s", () -> System.nanoTime() > until);
            network.between.mend(CUT_OFF);
            var mendedAt = Instant.now();
            // What of it comes first, a heartbeat or a greeting, is open.
            cluster.await("the worker heard again", () -> times(master, "self-healed with heartbeat") > 0 || times(master, READY) > 2);
            double seconds = (System.nanoTime() - until) / 1e9;
            System.out.printf("%s: the worker was heard %.1f s after the link was up again%n", name, seconds);
            assertThat(seconds).isLessThan(MOST_SECONDS_TO_MEND);
            cluster.await("users given anew", () -> times(master, ALL) >= 3);
            awaitMore(cluster, network.cutOff, 100);
            master.running().signal("TERM");
            var ended = master.running().await();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            for (var worker : List.of(stays, cutOff)) assertThat(worker.running().await().exitCode()).as(worker.said()).isZero();
            check(name, network, master, cutAt, mendedAt);
        }
    }

    private static void check(String name, Network network, Node master, Instant cutAt, Instant mendedAt) throws Exception {
        var cutOff = network.cutOff.served();
        long all = network.stays.served().size() + cutOff.size();
        var report = new Results(master.folder()).json("report.json");
        long total = report.at("/total/num_requests").asLong();
        System.out.printf("%s: the servers counted %d, the master %d%n", name, all, total);
        assertThat(total).isEqualTo(all);
        assertThat(report.at("/total/num_failures").asLong()).isZero();
        assertThat(master.said()).doesNotContain("ERROR");
        marks(report, cutAt, mendedAt);
        // It worked on, and what it did is in the seconds in which it did it.
        long from = cutAt.getEpochSecond() + 2;
        long to = mendedAt.getEpochSecond() - 1;
        var seconds = LongStream.range(from, to).boxed().toList();
        assertThat(seconds).hasSizeGreaterThan(CUT_SECONDS - 5).allSatisfy(second -> assertThat(cutOff).contains(second));
        long served = Stream.concat(network.stays.served().stream(), cutOff.stream()).filter(seconds::contains).count();
        long shown = seconds.stream().mapToLong(second -> report.at("/total/num_reqs_per_sec/" + second).asLong()).sum();
        assertThat(shown).as("requests of seconds %d to %d", from, to).isCloseTo(served, Percentage.withPercentage(5));
        assertThat(Files.readString(master.folder().resolve("report.html"))).contains(" lost", " back",
            "it is back, and what it did meanwhile is in the figures.").doesNotContain("are missing");
    }

    /** Holds the report's marks to when the cable was pulled and plugged in again. */
    private static void marks(JsonNode report, Instant cutAt, Instant mendedAt) {
        var marks = report.at("/run/marks").valueStream().toList();
        var lost = only(marks, " lost");
        var back = only(marks, " back");
        assertThat(Instant.parse(lost.get("time").asString())).isBetween(cutAt, cutAt.plusSeconds(9));
        assertThat(Instant.parse(back.get("time").asString())).isAfter(mendedAt);
        assertThat(lost.get("what").asString().replace(" lost", "")).isEqualTo(back.get("what").asString().replace(" back", ""));
        assertThat(report.at("/run/faults").valueStream().map(JsonNode::asString)
            .filter(text -> text.startsWith(lost.get("what").asString().replace("worker ", "Worker ").replace(" lost", " (index")))
            .filter(text -> text.contains("heard") || text.contains("lost"))).singleElement().asString()
            .endsWith("was not heard of for a while; it is back, and what it did meanwhile is in the figures.");
    }

    private static JsonNode only(List<JsonNode> marks, String end) {
        var found = marks.stream().filter(mark -> mark.get("what").asString().startsWith("worker ")
            && mark.get("what").asString().endsWith(end)).toList();
        assertThat(found).as("marks %s", marks).hasSize(1);
        return found.getFirst();
    }
}
