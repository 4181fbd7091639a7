package io.katydid.cluster.report;

import io.katydid.api.State;
import io.katydid.api.spi.RequestOutcome;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Snapshot;
import io.katydid.carrier.Carrier;
import io.katydid.kernel.stats.RunView;
import io.katydid.kernel.stats.Statistics;
import io.katydid.kernel.stats.StatsOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Is a worker or a master that only counts. */
final class Counted {
    final Statistics statistics;

    private Counted(StatsOptions options) {
        statistics = new Statistics(options, new Idle(), List.of(), () -> {});
    }

    static Counted worker() {
        var counted = new Counted(new StatsOptions(1000, false));
        counted.statistics.keepReports();
        return counted;
    }

    static Counted master() { return new Counted(StatsOptions.defaults()); }

    private record Idle() implements RunView {
        @Override public State state() { return State.RUNNING; }

        @Override public Map<String, Integer> userCounts() { return Map.of(); }

        @Override public double runTime() { return 0; }

        @Override public Snapshot.Health health() { return new Snapshot.Health(List.of(), Double.NaN, Double.NaN, Double.NaN, 0); }
    }

    /** Counts a request that ends now. */
    Counted did(String method, String name, long nanos, long bytes, @Nullable Throwable failure) {
        statistics.record(Carrier.current(),
            new RequestOutcome(method, name, "", System.nanoTime() - Math.max(0, nanos), nanos, bytes, null, failure, Map.of()),
            nanos);
        return this;
    }

    /** Counts so many requests by chance: some fail, some take days, some are not timed. */
    Counted does(Random random, int count) {
        for (int i = 0; i < count; i++) {
            long nanos = random.nextInt(20) == 0 ? RequestOutcome.UNTIMED
                : (long) Math.exp(random.nextDouble() * (random.nextInt(50) == 0 ? 34 : 23));
            var failure = random.nextInt(4) == 0 ? new IllegalStateException("'cause' " + random.nextInt(4)) : null;
            did(random.nextBoolean() ? "GET" : "", "/page/" + random.nextInt(6), nanos, random.nextInt(100_000), failure);
        }
        if (random.nextInt(5) == 0) statistics.cancelled("GET", "/page/" + random.nextInt(6));
        if (random.nextInt(5) == 0) statistics.get("alone", "SQL").logError(new IllegalStateException("without a request"));
        return this;
    }

    /** Gives everything a snapshot says of requests, doubles to the last bit. */
    Map<String, List<Object>> figures() {
        var snapshot = statistics.second(false);
        var figures = new LinkedHashMap<String, List<Object>>();
        for (var entry : snapshot.entries()) figures.put(entry.method() + " " + entry.name(), figures(entry));
        figures.put("total", figures(snapshot.total()));
        figures.put("errors", List.copyOf(snapshot.errors()));
        figures.put("cancelled", List.of(snapshot.cancelled()));
        return figures;
    }

    private static List<Object> figures(EntrySnapshot entry) {
        return List.of(entry.numRequests(), entry.numFailures(), entry.numNoneRequests(), entry.totalContentLength(),
            entry.totalResponseTime(),
            entry.minResponseTime(), entry.maxResponseTime(), entry.lastRequestTimestamp(), entry.responseTimes(), entry.numReqsPerSec(),
            entry.numFailPerSec(), HexFormat.of().formatHex(entry.histogram().encoded()), entry.medianResponseTime(),
            entry.percentile(0.99));
    }

    /** Gives what a value is after its way over the wire: equal, of other objects, with maps and lists of any kind. */
    static @Nullable Object overTheWire(@Nullable Object value) {
        return switch (value) {
            case Map<?, ?> map -> {
                var copy = new HashMap<Object, @Nullable Object>();
                map.forEach((key, each) -> copy.put(key, overTheWire(each)));
                yield copy;
            }
            case List<?> list -> new ArrayList<>(list.stream().map(Counted::overTheWire).toList());
            case byte[] bytes -> bytes.clone();
            case null -> null;
            case String _,Long _,Double _ -> value;
            default -> throw new IllegalArgumentException("The wire has nothing for " + value.getClass() + ": " + value);
        };
    }
}
