package io.katydid.cluster.report;

import io.katydid.kernel.stats.Delta;
import io.katydid.kernel.stats.Tally;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Compares what a worker counted itself with the sum of what arrived of it. The worker sends {@link #totals} at the end of a run; the master adds each report
 * and then checks. One thread at a time.
 */
public final class Proof {
    private static final String TALLIES = "tallies";
    private static final int MOST_KEYS = 100_000;
    private static final int SHOWN = 5;
    private final String worker;
    private final Map<String, Tally> sums = new LinkedHashMap<>();
    private long generation = -1;

    /** Begins a proof for the worker with this id. */
    public Proof(String worker) {
        this.worker = worker;
    }

    /** Gives the data of the message a worker sends at the end. */
    public static Map<String, @Nullable Object> totals(List<Tally> tallies, long generation) {
        var rows = new ArrayList<List<Object>>();
        for (var tally : tallies)
            rows.add(
                List.of(tally.name(), tally.method(), tally.requests(), tally.failures(), tally.untimed(), tally.bytes(), tally.sumNanos(),
                    tally.ok(), tally.failed()));
        var data = new LinkedHashMap<String, @Nullable Object>();
        data.put(ReportData.GENERATION, generation);
        data.put(TALLIES, rows);
        return data;
    }

    /** Adds a report that was merged. The sums begin anew with a delta that came after a reset on the worker. */
    public void add(Delta delta) {
        if (delta.generation() < generation) return;
        if (delta.generation() > generation) {
            generation = delta.generation();
            sums.clear();
        }
        for (var tally : delta.tallies()) {
            if (sums.size() < MOST_KEYS || sums.containsKey(key(tally))) sums.merge(key(tally), tally, Tally::plus);
        }
    }

    /** Says what differs; empty when every count agrees. {@code data} is what {@link #totals} gave, after its way over the wire. */
    public Optional<String> check(@Nullable Object data) {
        try {
            return compare(read(data), Fields.of(data, "the message").number(ReportData.GENERATION));
        } catch (NotCountable problem) {
            return Optional.of(incomplete("what it says of them cannot be read: " + problem.getMessage()));
        }
    }

    private Optional<String> compare(Map<String, Tally> counted, long ofGeneration) {
        var reported = ofGeneration == generation ? sums : Map.<String, Tally>of();
        var keys = new TreeSet<>(counted.keySet());
        keys.addAll(reported.keySet());
        var differences = new ArrayList<String>();
        for (var key : keys) {
            var mine = reported.get(key);
            var its = counted.get(key);
            var some = mine == null ? its : mine;
            // Of an idle worker the total alone may be missing on one side.
            if (some == null) continue;
            var none = new Tally(some.name(), some.method(), 0, 0, 0, 0, 0, 0, 0);
            if (mine == null) mine = none;
            if (its == null) its = none;
            if (!mine.equals(its)) differences.add(key.strip() + ": " + difference(mine, its));
        }
        if (differences.isEmpty()) return Optional.empty();
        int more = differences.size() - SHOWN;
        return Optional.of(incomplete(String.join("; ", differences.subList(0, Math.min(SHOWN, differences.size())))
            + (more > 0 ? "; and " + more + " more" : "")));
    }

    private String incomplete(String what) {
        return "Statistics incomplete: of worker " + worker + ", " + what
            + ". The run's figures lack what did not arrive; look for a lost connection in the logs of both.";
    }

    private static String difference(Tally mine, Tally its) {
        if (mine.requests() != its.requests()) return mine.requests() + " of " + its.requests() + " requests arrived";
        if (mine.failures() != its.failures()) return mine.failures() + " of " + its.failures() + " failures arrived";
        if (mine.ok() != its.ok() || mine.failed() != its.failed())
            return mine.ok() + mine.failed() + " of " + (its.ok() + its.failed()) + " times arrived";
        if (mine.bytes() != its.bytes()) return mine.bytes() + " of " + its.bytes() + " bytes arrived";
        return "all requests arrived, with other times";
    }

    private static Map<String, Tally> read(@Nullable Object data) throws NotCountable {
        if (!(Fields.of(data, "the message").get(TALLIES) instanceof List<?> rows) || rows.size() > MOST_KEYS)
            throw new NotCountable(TALLIES + " is not a list of at most " + MOST_KEYS);
        var tallies = new LinkedHashMap<String, Tally>();
        for (var row : rows) {
            if (!(row instanceof List<?> of && of.size() == 9 && of.get(0) instanceof String name && of.get(1) instanceof String method
                && of.subList(2, 9).stream().allMatch(Long.class::isInstance)))
                throw new NotCountable("a row is " + Fields.shown(row) + ", not a name, a method and seven numbers");
            var numbers = of.subList(2, 9).stream().mapToLong(Long.class::cast).toArray();
            var tally = new Tally(name, method, numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5], numbers[6]);
            tallies.put(key(tally), tally);
        }
        return tallies;
    }

    private static String key(Tally tally) { return tally.method() + " " + tally.name(); }
}
