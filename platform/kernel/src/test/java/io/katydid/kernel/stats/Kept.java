package io.katydid.kernel.stats;

import io.katydid.api.State;
import io.katydid.api.spi.RequestOutcome;
import io.katydid.api.stats.Snapshot;
import io.katydid.carrier.Carrier;
import io.katydid.carrier.CarrierOptions;
import io.katydid.carrier.Carriers;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Is statistics whose clock goes when it is told to; it begins at a whole second. */
final class Kept implements AutoCloseable {
    static final long START = 1_800_000_000L;
    private final Runnable onClose;
    private final AtomicLong nanos = new AtomicLong();
    State state = State.RUNNING;
    final Statistics statistics;

    Kept() {
        this(StatsOptions.defaults());
    }

    Kept(StatsOptions options) {
        this(options, Carriers.open(CarrierOptions.defaults().withLoops(1).withName("kept")));
    }

    private Kept(StatsOptions options, Carriers carriers) {
        this(options, carriers.all(), carriers::close);
    }

    private Kept(StatsOptions options, List<Carrier> loops, Runnable onClose) {
        this.onClose = onClose;
        statistics = new Statistics(options, new View(), loops, () -> {}, new Clock(nanos::get, Instant.ofEpochSecond(START)));
    }

    /** Makes statistics without a loop, of which there may be many. */
    static Kept withoutLoop(StatsOptions options) {
        return new Kept(options, List.of(), () -> {});
    }

    /** Makes a worker's. */
    static Kept worker() {
        var kept = withoutLoop(new StatsOptions(1000, false));
        kept.statistics.keepReports();
        return kept;
    }

    private final class View implements RunView {
        @Override public State state() { return state; }

        @Override public Map<String, Integer> userCounts() { return Map.of("A", 3, "B", 4); }

        @Override public double runTime() { return nanos.get() / 1e9; }

        @Override public Snapshot.Health health() { return new Snapshot.Health(List.of(), Double.NaN, Double.NaN, Double.NaN, 0); }
    }

    /** Lets the clock show so many seconds after the start. */
    Kept at(double seconds) {
        nanos.set(Math.round(seconds * 1e9));
        return this;
    }

    /** Records a request that ends now. */
    Kept ends(String name, double millis) { return ends(name, millis, 0, null); }

    Kept ends(String name, double millis, long length, @Nullable Throwable failure) {
        long took = Double.isNaN(millis) ? RequestOutcome.UNTIMED : Math.round(millis * 1e6);
        statistics.record(Carrier.current(),
            new RequestOutcome("GET", name, "", nanos.get() - Math.max(0, took), took, length, null, failure, Map.of()), took);
        return this;
    }

    /** Records one that is said to have ended so many nanoseconds after the start and taken so many. */
    Kept records(Sample sample) {
        nanos.set(sample.endNanos());
        statistics.record(Carrier.current(), new RequestOutcome(sample.method(), sample.name(), "",
            sample.endNanos() - Math.max(0, sample.nanos()), sample.nanos(), sample.length(), null, sample.failure(), Map.of()),
            sample.nanos());
        return this;
    }

    Snapshot now() { return statistics.second(false); }

    @Override public void close() {
        onClose.run();
    }
}
