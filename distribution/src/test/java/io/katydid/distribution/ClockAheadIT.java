package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.distribution.Cluster.Node;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** Runs a worker whose machine's clock is a minute and a half ahead beside one whose clock is right: nothing a master shows knows of it. */
@ResourceLock(Cluster.PROCESSES)
class ClockAheadIT {
    private static final String SHOP = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Buyer extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constantPacing(0.1); }

            @Task void buy() { client.get("/buy"); }
        }
        """;
    private static final int USERS = 12;
    private static final int RUN_SECONDS = 25;
    private static final int AHEAD_SECONDS = 90;

    @TempDir Path folder;

    @Test void aWorkersClockChangesNothingInTheCharts() throws Exception {
        var ahead = AheadClock.by(AHEAD_SECONDS, folder);
        try (var server = new ShopServer(); var cluster = new Cluster(folder, SHOP)) {
            var master = cluster.master("-H", server.url(), "-u", "" + USERS, "-r", "100", "-t", RUN_SECONDS + "s", "--expect-workers", "2",
                "--csv", "run", "--json", "report.json");
            var right = cluster.worker("--csv-request-log", "requests.csv");
            var wrong = cluster.startBy(List.of(), ahead, "worker", List.of("--worker", "--master-host", "127.0.0.1", "--master-port",
                "" + cluster.port(), "--csv-request-log", "requests.csv"));
            var ended = master.running().await();
            assertThat(ended.exitCode()).as(ended.err()).isZero();
            for (var worker : List.of(right, wrong)) assertThat(worker.running().await().exitCode()).as(worker.said()).isZero();
            assertThat(master.said()).doesNotContain("The clock of worker", "ERROR");
            var report = new Results(master.folder()).json("report.json");
            // A second is rounded down, and the last requests end after the users were told to stop.
            var begin = Instant.parse(report.at("/run/start_time").asString()).getEpochSecond() - 1;
            var end = Instant.parse(report.at("/run/end_time").asString()).getEpochSecond() + 2;
            assertThat(end - begin).isBetween((long) RUN_SECONDS, RUN_SECONDS + 30L);
            var itsOwn = perSecond(wrong);
            assertThat(itsOwn.firstKey()).as("the worker's own clock").isBetween(begin + AHEAD_SECONDS, end + AHEAD_SECONDS);
            perSecondIsTrue(report, server.total(), begin, end, perSecond(right), itsOwn);
            historyIsTrue(new Results(master.folder()), server.total(), begin, end);
            assertThat(report.at("/total/start_time").asDouble()).isBetween((double) begin, (double) end);
            assertThat(report.at("/total/last_request_timestamp").asDouble()).isBetween((double) begin, (double) end);
        }
    }

    /** Gives how many requests ended in each second by a worker's own log, and its own clock. */
    private static TreeMap<Long, Long> perSecond(Node worker) throws Exception {
        var counts = new TreeMap<Long, Long>();
        for (var row : new Results(worker.folder()).csv("requests.csv", 7)) {
            double end = Double.parseDouble(row.getField(0)) + Double.parseDouble(row.getField(3)) / 1000;
            counts.merge((long) end, 1L, Long::sum);
        }
        assertThat(counts).isNotEmpty();
        return counts;
    }

    private static void perSecondIsTrue(JsonNode report, long served, long begin, long end, Map<Long, Long> right, Map<Long, Long> wrong) {
        var shown = new TreeMap<Long, Long>();
        report.at("/total/num_reqs_per_sec").properties().forEach(each -> shown.put(Long.valueOf(each.getKey()), each.getValue().asLong()));
        assertThat(shown.values().stream().mapToLong(Long::longValue).sum()).isEqualTo(served)
            .isEqualTo(report.at("/total/num_requests").asLong());
        assertThat(shown.firstKey()).isGreaterThanOrEqualTo(begin);
        assertThat(shown.lastKey()).isLessThanOrEqualTo(end);
        var expected = new TreeMap<>(right);
        wrong.forEach((second, count) -> expected.merge(second - AHEAD_SECONDS, count, Long::sum));
        long most = expected.values().stream().mapToLong(Long::longValue).max().orElseThrow();
        // Counts move by whole seconds and the estimate is off by a part of a millisecond, so that few may be in the next one.
        for (long second = begin; second <= end; second++)
            assertThat(shown.getOrDefault(second, 0L)).as("second %d of %s, by the logs %s", second, shown, expected)
                .isCloseTo(expected.getOrDefault(second, 0L), Offset.offset(most / 6));
        System.out.printf("A worker %d s ahead: the master shows %d seconds, %d requests, the server counted %d; per second %s%n",
            AHEAD_SECONDS, shown.size(), report.at("/total/num_requests").asLong(), served, shown.values());
    }

    /** Holds the lines of the history to the run's time; a rate is of the ten seconds before the last request, which no clock may move. */
    private static void historyIsTrue(Results results, long served, long begin, long end) throws Exception {
        var history = results.history();
        assertThat(history).hasSizeGreaterThanOrEqualTo(RUN_SECONDS - 5);
        for (var row : history) assertThat(Results.number(row, 0)).isBetween(begin, end);
        var last = history.getLast();
        assertThat(Results.number(last, 17)).isEqualTo(served);
        double mean = (double) served / RUN_SECONDS;
        var rates = history.subList(history.size() - 8, history.size() - 3).stream().map(row -> Double.valueOf(row.getField(4)))
            .toList();
        assertThat(rates).as("requests per second").allSatisfy(rate -> assertThat(rate).isBetween(mean * 0.5, mean * 2));
    }
}
