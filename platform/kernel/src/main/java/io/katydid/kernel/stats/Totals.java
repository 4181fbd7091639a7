package io.katydid.kernel.stats;

import io.katydid.api.State;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.ExceptionEntry;
import io.katydid.api.stats.HistoryItem;
import io.katydid.api.stats.Snapshot;
import io.katydid.api.stats.StatsError;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what all intervals add up to, and what it was in each of the last seconds. Any thread, under its own monitor. */
final class Totals {
    static final Key ALL = new Key(EntryData.AGGREGATED, "");
    private static final Logger LOG = LoggerFactory.getLogger("katydid.stats");
    private static final int REMEMBERED_SECONDS = 20;
    private static final int WINDOW_SECONDS = 10;
    private static final int HISTORY_SECONDS = 5;
    private static final int MOST_REPORTED_ERRORS = 10_000;
    private final StatsOptions options;
    private final Clock clock;
    private Map<Key, EntryData> entries = new TreeMap<>();
    private final Map<Interval.ErrorKey, Interval.ErrorCount> errors = new LinkedHashMap<>();
    private final Cell allOfInterval = new Cell(ALL);
    private final Gathered reported = new Gathered(this::freeze);
    private final Set<Key> coarse = new HashSet<>();
    private final Unreported unreported;
    private EntryData all;
    private final ArrayDeque<Moment> remembered = new ArrayDeque<>();
    private final List<HistoryItem> history = new ArrayList<>();
    private double startTime;
    private long seconds;
    private boolean saidOther;
    private boolean reporting;

    /** Is what everything added up to at the end of one second. */
    private record Moment(Map<Key, EntryData> entries, EntryData all) {}

    Totals(StatsOptions options, Clock clock) {
        this.options = options;
        this.clock = clock;
        startTime = clock.epochNanos() / 1e9;
        all = EntryData.empty(ALL, startTime);
        unreported = new Unreported(clock.epochNanos());
    }

    synchronized void merge(Interval interval) {
        for (var byMethod : interval.cells()) {
            for (var cell : byMethod.values()) {
                if (cell.isEmpty()) continue;
                cell.flushSecond();
                merge(cell);
                allOfInterval.absorb(cell);
            }
        }
        if (!allOfInterval.isEmpty()) {
            all = all.plus(allOfInterval);
            if (reporting) unreported.addToTotal(allOfInterval);
        }
        allOfInterval.clear();
        interval.errors().forEach((key, count) -> {
            var row = capped(key);
            count(row, count);
            if (reporting) unreported.error(row, count);
        });
        interval.clear();
    }

    private void merge(Cell cell) {
        var key = capped(cell.key);
        entries.put(key, entries.getOrDefault(key, EntryData.empty(key, startTime)).plus(cell));
        if (reporting) unreported.add(key, cell);
    }

    private void count(Interval.ErrorKey row, Interval.ErrorCount count) {
        errors.computeIfAbsent(row, _ -> new Interval.ErrorCount()).add(count.occurrences, count.firstNanos, count.lastNanos);
    }

    /**
     * Adds what a worker reports. It waits in cells until {@link #freeze}, once per second: to copy what is kept for each of a thousand workers would cost
     * more than the run.
     */
    synchronized void merge(Delta delta) {
        for (var entry : delta.entries()) {
            if (entry.isEmpty()) continue;
            var key = capped(entry.key());
            reported.add(key, entry);
            if (entry.coarse()) coarse.add(key);
            // The entry is there at once, so that the limit of names holds within a second too.
            entries.computeIfAbsent(key, _ -> EntryData.empty(key, startTime));
        }
        if (!delta.total().isEmpty()) {
            reported.addToTotal(delta.total());
            if (delta.total().coarse()) coarse.add(ALL);
        }
        for (var failure : delta.errors()) {
            var row = limited(capped(new Interval.ErrorKey(failure.method(), failure.name(), failure.error())));
            var count = new Interval.ErrorCount();
            count.add(failure.occurrences(), failure.firstNanos(), failure.lastNanos());
            count(row, count);
        }
    }

    /** Takes what was reported since the last call into what is kept. */
    synchronized void freeze() {
        for (var cell : reported.cells()) freeze(cell);
        freeze(reported.all());
        reported.clear();
    }

    private void freeze(Cell cell) {
        if (cell.isEmpty()) return;
        if (cell.equals(reported.all())) {
            all = all.plus(cell);
        } else {
            entries.put(cell.key, entries.getOrDefault(cell.key, EntryData.empty(cell.key, startTime)).plus(cell));
        }
    }

    synchronized void keepReports() {
        reporting = true;
    }

    synchronized boolean isReporting() { return reporting; }

    /** Gives what is new since the last call, in which nothing is empty. */
    synchronized Delta report(Map<String, Long> cancelled) {
        return unreported.take(clock.epochNanos(), cancelled);
    }

    synchronized List<Tally> tallies() {
        var tallies = new ArrayList<Tally>();
        for (var entry : entries.values()) {
            if (entry.numRequests() > 0 || entry.numFailures() > 0) tallies.add(entry.tally());
        }
        tallies.add(all.tally());
        return tallies;
    }

    synchronized boolean coarse(Key key) { return coarse.contains(key); }

    private Key capped(Key key) {
        if (entries.containsKey(key) || entries.size() < options.maxNames()) return key;
        if (!saidOther) {
            saidOther = true;
            LOG.warn(
                "There are more than {} names of requests; further ones are counted as {}. Give requests that belong together one name: name(\"/item/[id]\").",
                options.maxNames(), Interval.OTHER);
        }
        var other = new Key(Interval.OTHER, key.method());
        // Methods have no limit of their own, and a worker may send any.
        return entries.containsKey(other) || entries.size() < 2 * options.maxNames() ? other : new Key(Interval.OTHER, "");
    }

    private Interval.ErrorKey capped(Interval.ErrorKey key) {
        var entry = capped(new Key(key.name(), key.method()));
        return entry.name().equals(key.name()) ? key : new Interval.ErrorKey(key.method(), entry.name(), key.text());
    }

    /** Keeps what workers report from growing without an end; {@code --max-names} bounds the names of requests, nothing bounds the texts. */
    private Interval.ErrorKey limited(Interval.ErrorKey row) {
        if (errors.size() < MOST_REPORTED_ERRORS || errors.containsKey(row)) return row;
        var other = new Interval.ErrorKey(row.method(), row.name(), Interval.OTHER);
        return errors.size() < 2 * MOST_REPORTED_ERRORS || errors.containsKey(other) ? other
            : new Interval.ErrorKey("", Interval.OTHER, Interval.OTHER);
    }

    synchronized boolean make(Key key) {
        if (key.equals(ALL) || entries.containsKey(key)) return false;
        entries.put(key, EntryData.empty(key, startTime));
        return true;
    }

    synchronized void reset(boolean keepEntries) {
        startTime = clock.epochNanos() / 1e9;
        var kept = new TreeMap<Key, EntryData>();
        if (keepEntries) entries.keySet().forEach(key -> kept.put(key, EntryData.empty(key, startTime)));
        entries = kept;
        all = EntryData.empty(ALL, startTime);
        errors.clear();
        reported.forget();
        coarse.clear();
        unreported.reset(clock.epochNanos());
        remembered.clear();
        history.clear();
        seconds = 0;
    }

    /** Keeps the moment for percentiles of the last ten seconds. */
    synchronized void remember(RunView run) {
        seconds++;
        if (!options.useResponseTimesCache() || run.state() == State.READY) return;
        remembered.addFirst(new Moment(new TreeMap<>(entries), all));
        while (remembered.size() > REMEMBERED_SECONDS) remembered.removeLast();
    }

    synchronized void history(Snapshot snapshot) {
        if (seconds % HISTORY_SECONDS != 0 || snapshot.state() == State.READY || snapshot.state() == State.STOPPED) return;
        var total = snapshot.total();
        history.add(new HistoryItem(snapshot.time(), snapshot.userCount(), total.currentRps(), total.currentFailPerSec(),
            total.currentResponseTimePercentile(0.5), total.currentResponseTimePercentile(0.95),
            Math.round(total.avgResponseTime() * 100) / 100.0));
    }

    synchronized List<HistoryItem> history() { return List.copyOf(history); }

    synchronized EntrySnapshot emptyView(Key key) {
        return EntryData.empty(key, startTime).view(frame(Optional.empty()), Optional.empty());
    }

    synchronized Snapshot snapshot(RunView run, boolean last, List<ExceptionEntry> exceptions, Map<String, Long> cancelled, Clock now) {
        var frame = frame(all.lastNanos() == Long.MIN_VALUE ? Optional.empty() : Optional.of(all.lastNanos() / 1e9));
        var before = tenSecondsAgo();
        var views = new ArrayList<EntrySnapshot>(entries.size());
        for (var entry : entries.values())
            views.add(entry.view(frame, before.map(old -> old.entries.getOrDefault(entry.key(), EntryData.empty(entry.key(), startTime)))));
        return new KernelSnapshot(Clock.instant(now.epochNanos()), run.runTime(), last, run.state(), run.userCounts(),
            all.view(frame, before.map(Moment::all)),
            List.copyOf(views), frame.errors(), exceptions, cancelled, run.health());
    }

    /** Gives what there was about ten seconds ago; in the first seconds, nothing was. */
    private Optional<Moment> tenSecondsAgo() {
        if (!options.useResponseTimesCache()) return Optional.empty();
        if (remembered.size() <= WINDOW_SECONDS)
            return remembered.isEmpty() ? Optional.empty() : Optional.of(new Moment(Map.of(), EntryData.empty(ALL, startTime)));
        int index = 0;
        for (var moment : remembered) {
            if (index++ == WINDOW_SECONDS) return Optional.of(moment);
        }
        return Optional.empty();
    }

    private EntryData.Frame frame(Optional<Double> lastRequest) {
        var rows = errors.entrySet().stream().map(row -> new StatsError(row.getKey().method(), row.getKey().name(), row.getKey().text(),
            row.getValue().occurrences, row.getValue().first(), row.getValue().last()))
            .sorted(Comparator.comparing(StatsError::name).thenComparing(StatsError::method).thenComparing(StatsError::error)).toList();
        return new EntryData.Frame(all.startTime(), lastRequest, rows);
    }
}
