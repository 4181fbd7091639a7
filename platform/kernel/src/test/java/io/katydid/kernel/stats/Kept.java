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
    private final Carriers carriers = Carriers.open(CarrierOptions.defaults().withLoops(1).withName("kept"));
    private final AtomicLong nanos = new AtomicLong();
    State state = State.RUNNING;
    final Statistics statistics;

    Kept() {
        this(StatsOptions.defaults());
    }

    Kept(StatsOptions options) {
        statistics = new Statistics(options, new View(), carriers.all(), () -> {}, new Clock(nanos::get, Instant.ofEpochSecond(START)));
    }

    private final class View implements RunView {
        @Override public State state() { return state; }

        @Override public Map<String, Integer> userCounts() { return Map.of("A", 3, "B", 4); }

        @Override public double runTime() { return nanos.get() / 1e9; }

        @Override public Snapshot.Health health() { return new Snapshot.Health(List.of(), Double.NaN, Double.NaN, 0); }
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

    Snapshot now() { return statistics.second(false); }

    @Override public void close() {
        carriers.close();
    }
}
