package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Runs a master and its workers as processes, through the launcher, and holds what the master says to what the server counted. */
@Isolated("measures what a master costs")
class ClusterIT {
    private static final int WORKERS = 4;
    private static final int USERS = 2000;
    private static final int NAMES = 20;
    /** Is raised by hand for a run of a minute. */
    private static final int SECONDS = Integer.getInteger("katydid.cluster.seconds", 12);
    private static final double MOST_OF_A_CORE = 0.05;
    private static final String CROWD = """
        import io.katydid.api.*;
        import io.katydid.http.*;
        import module java.base;

        class Buyer extends FastHttpUser {
            private static final AtomicInteger NEXT = new AtomicInteger();
            private final int first = NEXT.getAndIncrement();
            private int calls;

            @Override protected WaitTime waitTime() { return constantPacing(2); }

            @Task void buy() { client.get("/page/" + (first + calls++) % 20); }
        }
        """;

    @TempDir Path folder;

    @Test void mastersFiguresAreTheServers() throws Exception {
        try (var server = Nginx.start(folder); var cluster = new Cluster(folder, CROWD)) {
            var master = cluster.master("-H", server.url(), "-u", "" + USERS, "-r", "500", "-t", SECONDS + "s", "--expect-workers",
                "" + WORKERS, "--csv", "run", "--json", "report.json", "--hlog", "run",
                "--hlog-interval", "10s", "--html", "report.html");
            var workers = cluster.workers(WORKERS, "--csv-request-log", "requests.csv", "--csv", "none", "--hlog", "none", "--html",
                "none.html", "--json", "none.json");
            master.running().awaitText("All users spawned");
            double before = master.cpuSeconds();
            long begin = System.nanoTime();
            master.running().awaitText("--run-time limit reached");
            double share = (master.cpuSeconds() - before) / ((System.nanoTime() - begin) / 1e9);
            var ended = master.running().await();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            for (var worker : workers) assertThat(worker.running().await().exitCode()).as(worker.said()).isZero();
            long served = server.served();
            System.out.printf("A master with %d workers and %d users: %d requests, the server counted %d; %.1f %% of a core%n", WORKERS,
                USERS, Cluster.requests(ended), served, 100 * share);
            assertThat(served).isGreaterThan(USERS / 4L * (SECONDS - 6));
            assertThat(Cluster.requests(ended)).isEqualTo(served);
            var results = new Results(master.folder());
            assertThat(results.stats()).hasSize(NAMES + 1);
            assertThat(results.csvCounts()).isEqualTo(List.of(served, 0L, served, 0L, 0L));
            assertThat(Results.counts(results.json("report.json").get("statistics"))).isEqualTo(List.of(served, 0L));
            assertThat(results.hlog("run.hlog")).isEqualTo(results.hlog("run_names.hlog")).isEqualTo(served);
            comparePercentiles(results, samples(workers));
            for (var worker : workers)
                assertThat(worker.files()).extracting(file -> file.getFileName().toString()).contains("requests.csv")
                    .noneMatch(name -> name.startsWith("none"));
            // The first seconds are those in which the JVM loads and compiles what is used for the first time.
            if (SECONDS >= 60) assertThat(share).as("of a core that the master used").isLessThan(3 * MOST_OF_A_CORE);
        }
    }

    /** Gives one histogram of all requests that the workers logged, in microseconds. */
    private static Histogram samples(List<Cluster.Node> workers) throws Exception {
        var all = new Histogram(3);
        for (var worker : workers) {
            for (var row : new Results(worker.folder()).csv("requests.csv", 7))
                all.recordValue(Math.round(Double.parseDouble(row.getField(3)) * 1000));
        }
        return all;
    }

    /** The request log has hundredths of a millisecond; besides, a value lies in the same step of the histogram. */
    private static void comparePercentiles(Results results, Histogram samples) throws Exception {
        var merged = new Histogram(3);
        try (var reader = new HistogramLogReader(results.folder().resolve("run.hlog").toFile())) {
            while (reader.nextIntervalHistogram() instanceof AbstractHistogram interval) merged.add(interval);
        }
        assertThat(merged.getTotalCount()).isEqualTo(samples.getTotalCount());
        for (double percent : new double[]{50, 95, 99, 99.9, 100}) {
            long one = samples.getValueAtPercentile(percent);
            long ours = merged.getValueAtPercentile(percent);
            System.out.printf("  %.1f %%: %d µs of the master, %d µs of one histogram of all samples%n", percent, ours, one);
            // What a histogram gives is the upper end of a step.
            long least = samples.lowestEquivalentValue(samples.lowestEquivalentValue(one) - 10);
            assertThat(ours).isBetween(least, samples.highestEquivalentValue(one + 10));
        }
    }
}
