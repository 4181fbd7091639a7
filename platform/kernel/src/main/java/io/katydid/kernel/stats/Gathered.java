package io.katydid.kernel.stats;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Adds up what comes between two hand-overs in cells that stay: what a worker has not reported yet, or what was reported to a master within a second. A cell
 * without room for more is handed over early.
 */
final class Gathered {
    private final Map<Key, Cell> cells = new HashMap<>();
    private final Cell all = new Cell(Totals.ALL);
    private final Map<Interval.ErrorKey, Interval.ErrorCount> errors = new LinkedHashMap<>();
    private final Consumer<Cell> whenFull;

    Gathered(Consumer<Cell> whenFull) {
        this.whenFull = whenFull;
    }

    void add(Key key, Cell cell) {
        withRoom(cell(key), cell.requests, cell.sumNanos).absorb(cell);
    }

    void add(Key key, Delta.Entry reported) {
        withRoom(cell(key), reported.requests(), reported.sumNanos()).absorb(reported);
    }

    void addToTotal(Cell cell) {
        withRoom(all, cell.requests, cell.sumNanos).absorb(cell);
    }

    void addToTotal(Delta.Entry reported) {
        withRoom(all, reported.requests(), reported.sumNanos()).absorb(reported);
    }

    void error(Interval.ErrorKey key, Interval.ErrorCount count) {
        errors.computeIfAbsent(key, _ -> new Interval.ErrorCount()).add(count.occurrences, count.firstNanos, count.lastNanos);
    }

    private Cell cell(Key key) { return cells.computeIfAbsent(key, Cell::new); }

    private Cell withRoom(Cell cell, long requests, long nanos) {
        if (cell.hasRoomFor(requests, nanos)) return cell;
        whenFull.accept(cell);
        cell.clear();
        return cell;
    }

    Collection<Cell> cells() { return cells.values(); }

    Cell all() { return all; }

    Map<Interval.ErrorKey, Interval.ErrorCount> errors() { return errors; }

    void clear() {
        for (var cell : cells.values()) {
            if (!cell.isEmpty()) cell.clear();
        }
        if (!all.isEmpty()) all.clear();
        errors.clear();
    }

    /** Drops the cells too: another test has other names. */
    void forget() {
        cells.clear();
        clear();
    }
}
