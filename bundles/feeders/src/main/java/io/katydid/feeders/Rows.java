package io.katydid.feeders;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Holds the rows of one file for all users of an environment, and how far each way of giving them out has come. Any thread. */
final class Rows {
    private final Map<Way, AtomicLong> positions = new ConcurrentHashMap<>();
    private volatile @Nullable List<?> rows;

    boolean isRead() { return rows != null; }

    /** Reads the file, unless somebody has; called where blocking does no harm. */
    synchronized boolean read(Supplier<? extends List<?>> file) {
        if (rows == null) rows = List.copyOf(file.get());
        return true;
    }

    int size() { return read().size(); }

    Object get(int index) { return read().get(index); }

    Position position(Way way) { return positions.computeIfAbsent(way, _ -> new AtomicLong())::getAndIncrement; }

    private List<?> read() {
        var all = rows;
        if (all == null) throw new IllegalStateException("The file was not read yet.");
        return all;
    }
}
