package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lets users, and the whole process, die in the middle of a run, and reads the files that are left. */
@Isolated("looks at the processes of the machine")
class CrashesIT {
    private static final String BUYER = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Buyer extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constant(0.01); }

            @Task(3) void look() { client.get("/look"); }

            @Task void odd() { client.post("/not/exist"); }
        }
        """;
    private static final String CRASHING = BUYER + """

        class NeverMade extends FastHttpUser {
            NeverMade() { throw new IllegalStateException("boom of a constructor"); }

            @Task void never() { client.get("/never"); }
        }

        class NeverStarted extends FastHttpUser {
            @Override protected void onStart() { throw new IllegalStateException("boom of onStart"); }

            @Task void never() { client.get("/never"); }
        }

        class Stumbling extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constant(0.05); }

            @Task void stumble() { client.get("/stumble"); throw new IllegalStateException("=boom, of \\"a\\"\\ntask"); }
        }

        class Dying extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constant(0.05); }

            @Task void die() { client.get("/die"); throw new StackOverflowError("boom of an error"); }
        }

        class NeverStopped extends Buyer {
            @Override protected void onStop() { client.get("/stop"); throw new IllegalStateException("boom of onStop"); }
        }
        """;
    private static final List<String> BOOMS = List.of("boom of a constructor", "boom of onStart", "'=boom, of \"a\"\ntask",
        "boom of an error", "boom of onStop");

    @TempDir Path folder;

    private Product.Running start(ShopServer server, String script, String... more) throws Exception {
        var product = new Product(folder);
        var arguments = new ArrayList<>(List.of("-f", product.script("Crash.java", script).toString(), "-H", server.url(),
            "--headless", "-u", "12", "-r", "100", "--csv", "out/run", "--csv-full-history", "--hlog", "out/run", "--json",
            "out/report.json", "--html", "out/report.html"));
        arguments.addAll(List.of(more));
        return product.start(arguments.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false}) void usersThatCrashLeaveAllFilesComplete(boolean endedBySigterm) throws Exception {
        try (var server = new ShopServer()) {
            var running = endedBySigterm ? start(server, CRASHING) : start(server, CRASHING, "-t", "3s");
            if (endedBySigterm) {
                awaitRequests(running, server, 500);
                running.signal("TERM");
            }

            var run = running.await();

            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            var results = new Results(folder.resolve("out"));
            long requests = server.total();
            long failures = server.count("POST /not/exist");
            assertThat(failures).isPositive();
            assertThat(server.count("GET /stumble")).isPositive();
            assertThat(server.count("GET /die")).isPositive();
            assertThat(server.count("GET /stop")).isPositive();
            assertThat(server.count("GET /never")).isZero();
            assertThat(results.csvCounts()).isEqualTo(List.of(requests, failures, requests, failures, failures));
            var report = results.json("report.json");
            assertThat(Results.counts(report.get("statistics"))).isEqualTo(List.of(requests, failures));
            assertThat(results.hlog("run_names.hlog")).isEqualTo(requests);
            for (var boom : BOOMS)
                assertThat(results.exceptions()).as(boom).anySatisfy(row -> assertThat(row.getField(1)).isEqualTo(boom));
            assertThat(results.exceptions().stream().mapToLong(row -> Results.number(row, 0)).sum()).isEqualTo(
                report.get("exceptions").valueStream().mapToLong(row -> row.get("count").asLong()).sum());
            assertThat(Files.readString(folder.resolve("out/report.html"))).contains("boom of onStop").endsWith("</html>\n");
            assertThat(results.names()).containsExactlyInAnyOrder("run_stats.csv", "run_stats_history.csv", "run_failures.csv",
                "run_exceptions.csv", "report.json", "report.html", "run.hlog", "run_names.hlog");
        }
    }

    @RepeatedTest(2) void killedInTheMiddleItLeavesWholeFiles() throws Exception {
        try (var server = new ShopServer()) {
            var results = new Results(folder.resolve("out"));
            var running = start(server, BUYER);
            running.awaitText("All users spawned");
            int reads = 0;
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
            // Each look at the files is as good as a kill at that moment.
            while (results.stats().size() < 3 || results.history().size() < 9 || results.hlog("run.hlog") == 0) {
                assertThat(running.process().isAlive() && System.nanoTime() < end).as("all files have something").isTrue();
                results.failures();
                results.exceptions();
                reads++;
            }

            running.signal("KILL");

            assertThat(running.await().exitCode()).isEqualTo(137);
            assertThat(reads).as("looks at the files meanwhile").isGreaterThan(20);
            var counts = results.csvCounts();
            assertThat(counts.getFirst()).isBetween(1L, server.total());
            assertThat(counts.get(2)).as("the history is written first").isBetween(counts.getFirst(), server.total());
            assertThat(results.exceptions()).isEmpty();
            assertThat(results.hlog("run.hlog")).isBetween(1L, server.total());
            assertThat(results.names()).doesNotContain("report.json", "report.html");

            var again = start(server, BUYER, "-t", "1s").await();

            assertThat(again.exitCode()).as(again.err()).isEqualTo(1);
            assertThat(results.names()).as("nothing of the run that was killed is left").contains("report.json").noneMatch(
                name -> name.endsWith(".part"));
        }
    }

    private static void awaitRequests(Product.Running running, ShopServer server, long many) throws Exception {
        running.awaitText("All users spawned");
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (server.total() < many) {
            assertThat(running.process().isAlive() && System.nanoTime() < end).as(many + " requests").isTrue();
            running.process().waitFor(20, TimeUnit.MILLISECONDS);
        }
    }
}
