package io.katydid.kernel.stats;

import io.katydid.api.stats.StatsError;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Is what one shard took in since its last hand-over. */
final class Interval {
    static final String OTHER = "(other)";
    private final int maxNames;
    private final Map<String, Map<String, Cell>> cells = new HashMap<>();
    private final Map<ErrorKey, ErrorCount> errors = new HashMap<>();
    private @Nullable Cell last;
    private int names;

    Interval(int maxNames) {
        this.maxNames = maxNames;
    }

    /** Names a row of the failure table. */
    record ErrorKey(String method, String name, String text) {}

    /** Counts a row. */
    static final class ErrorCount {
        long occurrences;
        long firstNanos = Long.MAX_VALUE;
        long lastNanos = Long.MIN_VALUE;

        void add(long count, long first, long last) {
            occurrences += count;
            firstNanos = Math.min(firstNanos, first);
            lastNanos = Math.max(lastNanos, last);
        }

        /** Gives when it was seen first; empty when whoever reported it did not say. */
        Optional<Instant> first() {
            return firstNanos == Long.MAX_VALUE ? Optional.empty() : Optional.of(Clock.instant(firstNanos));
        }

        /** Gives when it was seen last; empty when whoever reported it did not say. */
        Optional<Instant> last() {
            return lastNanos == Long.MIN_VALUE ? Optional.empty() : Optional.of(Clock.instant(lastNanos));
        }
    }

    @SuppressWarnings("ReferenceEquality") // only a short way round the maps
    Cell cell(String method, String name) {
        var before = last;
        if (before != null && before.key.name() == name && before.key.method() == method) return before;
        var cell = find(method, name);
        if (!cell.key.name().equals(OTHER)) last = cell;
        return cell;
    }

    private Cell find(String method, String name) {
        var byMethod = cells.get(name);
        if (byMethod != null) {
            var cell = byMethod.get(method);
            if (cell != null) return cell;
        }
        return make(method, name);
    }

    private Cell make(String method, String name) {
        if (names >= maxNames && !name.equals(OTHER)) return find(method, OTHER);
        names++;
        return cells.computeIfAbsent(name, _ -> new HashMap<>()).computeIfAbsent(method, _ -> new Cell(new Key(name, method)));
    }

    void error(String method, String name, Throwable exception, long endNanos) {
        errors.computeIfAbsent(new ErrorKey(method, name, StatsError.parseError(exception)), _ -> new ErrorCount()).add(1, endNanos,
            endNanos);
    }

    Collection<Map<String, Cell>> cells() { return cells.values(); }

    Map<ErrorKey, ErrorCount> errors() { return errors; }

    void clear() {
        // A later test has other names; those of an earlier one must not use up the limit.
        if (names >= maxNames) forgetUnused();
        for (var byMethod : cells.values()) byMethod.values().forEach(Cell::clear);
        errors.clear();
    }

    private void forgetUnused() {
        for (var byMethod : cells.values()) {
            int before = byMethod.size();
            byMethod.values().removeIf(Cell::isEmpty);
            names -= before - byMethod.size();
        }
        cells.values().removeIf(Map::isEmpty);
        last = null;
    }
}
