package io.katydid.kernel.stats;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;

/** Keeps what was counted since the last report. Under the monitor of {@link Totals}. */
final class Unreported {
    private final Gathered gathered = new Gathered(this::close);
    private final Map<Key, Delta.Entry> closed = new HashMap<>();
    private long startNanos;
    private long generation;

    Unreported(long startNanos) {
        this.startNanos = startNanos;
    }

    void add(Key key, Cell cell) {
        gathered.add(key, cell);
    }

    void addToTotal(Cell cell) {
        gathered.addToTotal(cell);
    }

    void error(Interval.ErrorKey row, Interval.ErrorCount count) {
        gathered.error(row, count);
    }

    private void close(Cell full) {
        closed.merge(full.key, Delta.Entry.of(full, startNanos), Delta.Entry::plus);
    }

    Delta take(long nowNanos, Map<String, Long> cancelled) {
        var entries = new ArrayList<Delta.Entry>();
        gathered.cells().stream().filter(cell -> !cell.isEmpty()).sorted((one, other) -> one.key.compareTo(other.key))
            .forEach(cell -> entries.add(entry(cell)));
        var errors = new ArrayList<Delta.Failure>();
        gathered.errors().forEach((row, count) -> errors
            .add(new Delta.Failure(row.method(), row.name(), row.text(), count.occurrences, count.firstNanos, count.lastNanos)));
        var delta = new Delta(startNanos, generation, entries, entry(gathered.all()), errors, cancelled);
        begin(nowNanos);
        return delta;
    }

    private Delta.Entry entry(Cell cell) {
        var entry = Delta.Entry.of(cell, startNanos);
        var before = closed.get(cell.key);
        return before == null ? entry : before.plus(entry);
    }

    /** Forgets what was not reported: it is of the time before. */
    void reset(long nowNanos) {
        generation++;
        gathered.forget();
        begin(nowNanos);
    }

    private void begin(long nowNanos) {
        gathered.clear();
        closed.clear();
        startNanos = nowNanos;
    }
}
