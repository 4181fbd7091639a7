package io.katydid.feeders;

import io.katydid.api.KatydidException;
import io.katydid.api.StopUser;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Is a position that all workers of a test have in common: the master gives each of them ranges of rows, the next one before the last is used up. */
final class LeasedPosition implements Position {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.feeders");
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Is how long a worker waits for a master that never answered; one that did is asked again after a fifth of it. */
    static final Duration PATIENCE = Duration.ofSeconds(10);
    /** So many rows before its last one, a worker asks for more. */
    private static final int FEW = 10;
    private final String file;
    private final Way way;
    private final long size;
    private final BiConsumer<String, Object> toMaster;
    private final BooleanSupplier testEnds;
    private final Duration patience;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Range> ranges = new ArrayDeque<>();
    private long left;
    private int waiting;
    private int asked;
    private long askedNanos;
    private boolean answered;
    /** The master had its time to answer. */
    private boolean unheard;
    private boolean none;
    private boolean over;
    private long alone;
    private long beyond;

    private static final class Range {
        private long next;
        private final long end;

        Range(long next, long end) {
            this.next = next;
            this.end = end;
        }
    }

    /** Makes one; {@code toMaster} sends a message of a type. */
    LeasedPosition(String file, Way way, long size, BiConsumer<String, Object> toMaster, BooleanSupplier testEnds, Duration patience) {
        this.file = file;
        this.way = way;
        this.size = size;
        this.toMaster = toMaster;
        this.testEnds = testEnds;
        this.patience = patience;
    }

    @Override public long next() {
        lock.lock();
        try {
            long begun = System.nanoTime();
            while (true) {
                if (!ranges.isEmpty()) return take();
                if (over || (none && way == Way.UNIQUE)) return size + beyond++;
                ask();
                if (!answered && System.nanoTime() - begun > patience.toNanos()) unheard = true;
                if (!answered && unheard) return unanswered();
                await();
            }
        } finally {
            lock.unlock();
        }
    }

    private long take() {
        var range = ranges.getFirst();
        long row = range.next++;
        if (range.next == range.end) ranges.removeFirst();
        left--;
        if (way != Way.UNIQUE && left <= FEW && !none) ask();
        return row;
    }

    /** Asks for more, once for all that wait; of unique rows for one each, for one that nobody takes would be lost. Says it again when there was no answer. */
    private void ask() {
        long now = System.nanoTime();
        if (asked > 0 && now - askedNanos > patience.toNanos() / 5) asked = 0;
        if (asked >= (way == Way.UNIQUE ? Math.max(1, waiting + 1) : 1)) return;
        asked++;
        askedNanos = now;
        if (none) toMaster.accept(Lease.SPENT, new Lease.Spent(file, way.word()));
        else toMaster.accept(Lease.ASK, new Lease.Ask(file, way.word(), size));
    }

    /** Waits a little; the caller looks again. */
    @SuppressWarnings("WaitNotInLoop") private void await() {
        waiting++;
        try {
            changed.awaitNanos(LOOK_NANOS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new StopUser();
        } finally {
            waiting--;
        }
        if (testEnds.getAsBoolean()) throw new StopUser();
    }

    private long unanswered() {
        if (way != Way.CIRCULAR) {
            throw new KatydidException("The master did not say within " + patience.toSeconds()
                + " s which rows of the "
                + file
                + " this worker may give out. It is no master of Katydid, or lacks the bundle feeders: use circular() or random() with it.");
        }
        if (alone == 0) {
            LOG.warn(
                "The master does not share the rows of the {} out: this worker goes through all of them. Start a master of Katydid for a test whose"
                    + " workers share them.",
                file);
        }
        return alone++;
    }

    void granted(long from, long count) {
        lock.lock();
        try {
            answered = true;
            asked = Math.max(0, asked - 1);
            left += count;
            if (count == 0) none = true;
            else ranges.add(new Range(from, from + count));
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Takes in that every worker has used all it had. */
    void over() {
        lock.lock();
        try {
            over = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
