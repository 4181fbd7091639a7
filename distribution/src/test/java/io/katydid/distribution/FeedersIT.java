package io.katydid.distribution;

import static java.util.stream.Collectors.counting;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import io.katydid.testkit.Answer;
import io.katydid.testkit.SeenRequest;
import io.katydid.testkit.TargetServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the example with test data out of a file, in each way rows are given out, and counts at a server who logged in. */
class FeedersIT {
    private static final String ANNA = "user=anna&password=1%2C+2";
    private static final String BERT = "user=bert&password=secret";

    @TempDir Path folder;

    private Product.Ended run(TargetServer server, String way, String... more) throws Exception {
        server.answer("/login", Answer.json("{}"));
        var source = Files.readString(Modules.ROOT.resolve("examples/scripts/FromFile.java"));
        assertThat(source).contains(".circular()", "constant(0.5)");
        var product = new Product(folder);
        var script = product.script("FromFile.java", source.replace(".circular()", way).replace("constant(0.5)", "constant(0.01)"));
        var words = new ArrayList<>(List.of("-f", script.toString(), "-H", server.url(), "--headless", "-u", "5", "-r", "100"));
        words.addAll(List.of(more));
        var run = product.run(words.toArray(String[]::new));
        assertThat(run.exitCode()).as(run.err()).isZero();
        return run;
    }

    private static Map<String, Long> logins(TargetServer server) {
        return server.seen().stream().collect(groupingBy(SeenRequest::text, counting()));
    }

    @Test
    @Parity("LP-4") void circularGivesRowsInTurn() throws Exception {
        try (var server = TargetServer.open()) {
            run(server, ".circular()", "-i", "57");
            assertThat(logins(server)).containsOnly(Map.entry(ANNA, 29L), Map.entry(BERT, 28L));
        }
    }

    @Test void sequentialGivesEachRowOnceAndEndsTheTest() throws Exception {
        try (var server = TargetServer.open()) {
            var run = run(server, ".sequential()");
            assertThat(logins(server)).containsOnly(Map.entry(ANNA, 1L), Map.entry(BERT, 1L));
            assertThat(run.err()).contains("All 2 rows of the ").contains("people.csv were given out.");
        }
    }

    @Test
    @Parity("LP-6") void overSeveralWorkersEachRowIsGivenOutOnceAndNoneIsLeft() throws Exception {
        int rows = 2_000;
        var people = Files.writeString(folder.resolve("people.csv"),
            "user,password\n" + IntStream.range(0, rows).mapToObj(i -> "user" + i + ",p\n").collect(joining()));
        var source = """
            import io.katydid.api.*;
            import io.katydid.feeders.*;
            import io.katydid.http.*;
            import java.util.Map;

            class Member extends HttpUser {
                private final Feeder<Map<String, String>> people = Feeders.csv(this, "PEOPLE").sequential();

                @Override protected WaitTime waitTime() { return constant(0.01); }

                @Task void login() { client.post("/login", form("user", people.next().get("user"))); }
            }
            """.replace("PEOPLE", people.toString());
        try (var server = TargetServer.open(); var cluster = new Cluster(folder, source)) {
            server.answer("/login", Answer.json("{}"));
            var master = cluster.master("-H", server.url(), "-u", "20", "-r", "100", "--expect-workers", "2");
            var workers = cluster.workers(2);
            // Nobody says when to end: the last row does.
            var ended = master.running().await();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            assertThat(ended.err()).contains("All " + rows + " rows of the csv " + people + " were given out.");
            for (var worker : workers) assertThat(worker.running().await().exitCode()).as(worker.said()).isZero();
            assertThat(logins(server)).hasSize(rows).allSatisfy((_, times) -> assertThat(times).isOne());
            assertThat(Cluster.requests(ended)).isEqualTo(rows);
        }
    }

    @Test void randomGivesAnyRow() throws Exception {
        try (var server = TargetServer.open()) {
            run(server, ".random()", "-i", "200");
            assertThat(server.requests()).isEqualTo(200);
            assertThat(logins(server)).containsOnlyKeys(ANNA, BERT).allSatisfy((_, times) -> assertThat(times).isBetween(50L, 150L));
        }
    }

    @Test void uniqueGivesARowToOneUserOnlyAndTheOthersEnd() throws Exception {
        try (var server = TargetServer.open()) {
            var run = run(server, ".unique()", "-t", "3s");
            assertThat(logins(server)).containsOnlyKeys(ANNA, BERT).allSatisfy((_, times) -> assertThat(times).isGreaterThan(5));
            assertThat(server.seen().stream().collect(groupingBy(SeenRequest::connection, groupingBy(SeenRequest::text, counting()))))
                .as("a user has a connection of its own").hasSize(2).allSatisfy((_, rows) -> assertThat(rows).hasSize(1));
            assertThat(run.err()).contains("All 2 rows of the ").contains("have their user: further users end at once.");
        }
    }
}
