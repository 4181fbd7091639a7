package io.katydid.kernel.stats;

import io.katydid.api.spi.RequestOutcome;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.ExceptionEntry;
import io.katydid.api.stats.HistoryItem;
import io.katydid.api.stats.RequestStats;
import io.katydid.api.stats.Snapshot;
import io.katydid.api.stats.StatsEntry;
import io.katydid.api.stats.StatsError;
import io.katydid.carrier.Carrier;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes requests in shards and gives a snapshot each second.
 *
 * <p>Code on a loop writes to the loop's own shard, without a lock. Everything else writes to one of 16 locked shards, chosen by thread.
 */
public final class Statistics implements RequestStats {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.stats");
    private static final int LOCKED_SHARDS = 16;
    private static final long PATIENCE_MILLIS = 5_000;
    private final Clock clock;
    private final RunView run;
    private final Runnable onReset;
    private final List<Carrier> loops;
    private final Shard[] loopShards;
    private final Shard[] lockedShards = new Shard[LOCKED_SHARDS];
    private final Totals totals;
    private final ExceptionTable exceptions = new ExceptionTable();
    private final Cancellations cancelled = new Cancellations();
    private volatile Snapshot newest;

    /** Makes empty statistics; {@code onReset} is called after each {@link #resetAll}. */
    public Statistics(StatsOptions options, RunView run, List<Carrier> loops, Runnable onReset) {
        this(options, run, loops, onReset, new Clock());
    }

    Statistics(StatsOptions options, RunView run, List<Carrier> loops, Runnable onReset, Clock clock) {
        this.clock = clock;
        this.run = run;
        this.loops = loops;
        this.onReset = onReset;
        loopShards = new Shard[loops.size()];
        for (int i = 0; i < loopShards.length; i++) loopShards[i] = new Shard(options.maxNames());
        for (int i = 0; i < LOCKED_SHARDS; i++) lockedShards[i] = new Shard(options.maxNames());
        totals = new Totals(options, clock);
        newest = snapshot(false);
    }

    /** Records a finished request. {@code durationNanos} negative: counted, not timed. Any thread; without a lock when {@code carrier} is the caller's loop. */
    public void record(Carrier carrier, RequestOutcome outcome, long durationNanos) {
        long end = clock.epochNanos(outcome.startNanos() + Math.max(0, outcome.durationNanos()));
        if (carrier.isCurrent() && carrier.index() < loopShards.length && loops.get(carrier.index()).equals(carrier)) {
            add(loopShards[carrier.index()].active(), outcome, end, durationNanos);
        } else {
            withLocked(shard -> add(shard.active(), outcome, end, durationNanos));
        }
    }

    private static void add(Interval interval, RequestOutcome outcome, long end, long durationNanos) {
        var failure = outcome.exception();
        interval.cell(outcome.requestType(), outcome.name()).add(end, durationNanos, outcome.responseLength(), failure != null);
        if (failure != null) interval.error(outcome.requestType(), outcome.name(), failure, end);
    }

    private void withLocked(Consumer<Shard> work) {
        var shard = lockedShards[(int) (Thread.currentThread().threadId() % LOCKED_SHARDS)];
        synchronized (shard) {
            work.accept(shard);
        }
    }

    void log(Key key, double millis, long length) {
        long end = clock.epochNanos();
        long nanos = Double.isNaN(millis) ? RequestOutcome.UNTIMED : Math.round(millis * 1e6);
        withLocked(shard -> shard.active().cell(key.method(), key.name()).add(end, nanos, length, false));
    }

    void logError(Key key, Throwable problem) {
        long end = clock.epochNanos();
        withLocked(shard -> {
            shard.active().cell(key.method(), key.name()).addFailure(end);
            shard.active().error(key.method(), key.name(), problem, end);
        });
    }

    /** Counts an exception that left a task or a hook. Any thread. */
    public void exception(Throwable problem, String node) {
        exceptions.add(problem, node);
    }

    /** Counts an exception that a worker sends. Any thread. */
    public void exception(String message, String traceback, String node) {
        exceptions.add(message, traceback, node);
    }

    /** Keeps what is new from now on, for {@link #report}: of a worker. */
    public void keepReports() {
        totals.keepReports();
    }

    /**
     * Gives what is new since the last call or reset, and begins anew. To be called every few seconds on a worker, and once more after its last
     * {@link #second}; any thread.
     */
    public synchronized Delta report() {
        if (!totals.isReporting())
            throw new IllegalStateException("These statistics keep nothing to report. Call keepReports() before the first request.");
        collect();
        return totals.report(cancelled.unreported());
    }

    /**
     * Adds what a worker reports, as if its requests had been recorded here; the next {@link #second} shows it. Any thread. A worker's own clock is corrected
     * by {@link Delta#shifted} before.
     */
    public void merge(Delta delta) {
        totals.merge(delta);
        cancelled.add(delta.cancelled());
    }

    /** Gives the counts of each entry that has any, and of the total, since the last reset; what a worker proves its reports with. */
    public synchronized List<Tally> tallies() {
        collect();
        return totals.tallies();
    }

    /** Says whether some of the times of an entry were reported as rounded ones only, so that its exact percentiles are not; the total is {@code Aggregated} and "". */
    public boolean coarse(String name, String method) {
        return totals.coarse(new Key(name, method));
    }

    /** Counts a request that the end of the drain cut off. Any thread. */
    public void cancelled(String requestType, String name) {
        cancelled.add(requestType, name);
    }

    /** Takes the interval of every shard into the totals and gives the snapshot of it. Called each second, and once more at the end of a run. */
    public synchronized Snapshot second(boolean last) {
        collect();
        totals.remember(run);
        newest = snapshot(last);
        totals.history(newest);
        return newest;
    }

    private void collect() {
        for (int i = 0; i < loopShards.length; i++) handOver(i);
        for (var shard : lockedShards) {
            Interval ended;
            synchronized (shard) {
                ended = shard.swap();
            }
            totals.merge(ended);
        }
        totals.freeze();
    }

    private void handOver(int loop) {
        var ended = new CompletableFuture<Interval>();
        loops.get(loop).execute(() -> ended.complete(loopShards[loop].swap()));
        try {
            // On a stalled loop nobody writes either: what it has is handed over late, not lost.
            totals.merge(patiently(ended));
        } catch (TimeoutException stalled) {
            LOG.warn("Loop {} did not hand over its statistics within {} ms: something on it does not return.", loop, PATIENCE_MILLIS);
            ended.thenAccept(totals::merge);
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** An interrupt of whoever stops the test must not cost the last snapshot its requests; it stays set. */
    private static Interval patiently(CompletableFuture<Interval> ended) throws TimeoutException, ExecutionException {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return ended.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                } catch (InterruptedException later) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) Thread.currentThread().interrupt();
        }
    }

    private Snapshot snapshot(boolean last) {
        return totals.snapshot(run, last, exceptions.entries(), cancelled.counts(), clock);
    }

    EntrySnapshot entry(Key key) {
        if (key.equals(Totals.ALL)) return newest.total();
        for (var entry : newest.entries()) {
            if (entry.name().equals(key.name()) && entry.method().equals(key.method())) return entry;
        }
        return totals.emptyView(key);
    }

    @Override public StatsEntry total() { return new LiveEntry(this, Totals.ALL); }

    @Override public Collection<StatsEntry> entries() {
        var entries = new ArrayList<StatsEntry>();
        for (var entry : newest.entries()) entries.add(new LiveEntry(this, new Key(entry.name(), entry.method())));
        return List.copyOf(entries);
    }

    @Override public StatsEntry get(String name, String method) {
        var key = new Key(name, method);
        if (totals.make(key)) newest = snapshot(newest.last());
        return new LiveEntry(this, key);
    }

    @Override public Collection<StatsError> errors() { return newest.errors(); }

    @Override public List<ExceptionEntry> exceptions() { return exceptions.entries(); }

    @Override public List<HistoryItem> history() { return totals.history(); }

    @Override public void resetAll() {
        reset(true);
        onReset.run();
    }

    /** Resets as {@link #resetAll} does; the caller fires {@code reset_stats}. */
    public void restart() {
        reset(true);
    }

    @Override public void clearAll() {
        reset(false);
    }

    private synchronized void reset(boolean keepEntries) {
        collect();
        totals.reset(keepEntries);
        exceptions.clear();
        cancelled.clear();
        newest = snapshot(false);
    }

    @Override public Snapshot snapshot() { return newest; }
}
