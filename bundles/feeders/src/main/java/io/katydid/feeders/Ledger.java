package io.katydid.feeders;

import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Knows which rows of one file, in one way, were given to workers. Guarded by the {@link Lessor}. */
final class Ledger {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.feeders");
    private static final long MOST = 1_000;
    private static final long AT_A_TIME = 100;
    private final String file;
    private final Way way;
    private final Set<String> holders = new HashSet<>();
    private final Set<String> spent = new HashSet<>();
    private long size = -1;
    private long next;
    private boolean told;

    /**
     * Is what a worker gets.
     *
     * @param from  the first row
     * @param count rows
     */
    record Range(long from, long count) {}

    Ledger(String file, Way way) {
        this.file = file;
        this.way = way;
    }

    /** Gives a worker rows; the fewer are left the fewer at a time, so that all are used up at about the same time. */
    Range lease(String worker, long rows, int workers) {
        sees(worker, rows);
        long count = switch (way) {
            case CIRCULAR -> AT_A_TIME;
            case UNIQUE -> Math.min(1, size - next);
            case SEQUENTIAL -> Math.min(size - next, Math.clamp((size - next) / (4L * Math.max(1, workers)), 1, MOST));
        };
        var range = new Range(next, Math.max(0, count));
        next += range.count;
        if (range.count > 0) {
            holders.add(worker);
            spent.remove(worker);
        }
        return range;
    }

    private void sees(String worker, long rows) {
        if (size >= 0 && size != rows) {
            LOG.warn(
                "The {} has {} rows on the worker {} and {} on another: only as many as all have are given out. Give all workers the same file,"
                    + " as with --ship.",
                file, rows, worker, size);
        }
        size = size < 0 ? rows : Math.min(size, rows);
    }

    /** Takes in that a worker has used its rows; it says so again as long as it was not told of the end. */
    void spent(String worker) {
        spent.add(worker);
        told = false;
    }

    /** Tells, once for each word of a worker, that the end is to be told. */
    boolean tells(Set<String> there) {
        if (told || !isOver(there)) return false;
        told = true;
        return true;
    }

    /** Tells whether every row was given out, and used by those that are there. */
    boolean isOver(Set<String> there) {
        return way == Way.SEQUENTIAL && next >= size && !spent.isEmpty()
            && holders.stream().filter(there::contains).allMatch(spent::contains);
    }
}
