package io.katydid.micrometer;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.Reporter;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Snapshot;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * Binds the run's meters: {@code katydid.requests}, {@code katydid.failures}, {@code katydid.response.time} (seconds, by quantile), {@code katydid.users},
 * {@code katydid.loop.utilisation} (0 to 1) and {@code katydid.wake.up.delay} (seconds, p99). Values are those of the newest snapshot.
 */
@Extension
public final class RunMeters implements Reporter {
    private static final double[] QUANTILES = {0.5, 0.95, 0.99};
    private final List<Meter> meters = new ArrayList<>();
    private final Set<String> bound = new HashSet<>();
    private @Nullable MeterRegistry registry;
    private volatile @Nullable Snapshot newest;

    /** Makes one; the platform does. */
    public RunMeters() {}

    /** Gives the registry of an environment; add the registry of your backend to it. */
    public static CompositeMeterRegistry registry(Environment environment) {
        return environment.shared("micrometer", CompositeMeterRegistry.class, CompositeMeterRegistry::new);
    }

    @Override public void init(Environment environment) {
        registry = registry(environment);
        newest = environment.stats().snapshot();
    }

    @Override public synchronized void snapshot(Snapshot second) {
        newest = second;
        var to = registry;
        if (to == null) return;
        second.entries().forEach(entry -> bind(to, entry));
        second.userCounts().keySet().forEach(name -> once("users " + name,
            () -> Gauge.builder("katydid.users", this, self -> self.users(name)).tag("class", name).register(to)));
        for (int i = 0; i < second.health().loopUtilisation().size(); i++) {
            int loop = i;
            once("loop " + loop,
                () -> Gauge.builder("katydid.loop.utilisation", this, self -> self.utilisation(loop)).tag("loop", "" + loop).register(to));
        }
        once("wake-up", () -> Gauge.builder("katydid.wake.up.delay", this, self -> self.health(Snapshot.Health::wakeUpDelayP99Ms) / 1000)
            .baseUnit("seconds").register(to));
    }

    private void bind(MeterRegistry to, EntrySnapshot entry) {
        var tags = Tags.of("method", entry.method(), "name", entry.name());
        once("entry " + entry.method() + " " + entry.name(), () -> {
            meters.add(counter(to, "katydid.failures", tags, EntrySnapshot::numFailures));
            for (double quantile : QUANTILES) {
                meters.add(Gauge
                    .builder("katydid.response.time", this, self -> self.value(tags, found -> found.percentile(quantile) / 1000)).tags(tags)
                    .tag("quantile", "" + quantile).baseUnit("seconds").register(to));
            }
            return counter(to, "katydid.requests", tags, EntrySnapshot::numRequests);
        });
    }

    private Meter counter(MeterRegistry to, String name, Tags tags, ToDoubleFunction<EntrySnapshot> of) {
        return FunctionCounter.builder(name, this, self -> self.value(tags, of)).tags(tags).register(to);
    }

    private void once(String key, Supplier<Meter> make) {
        if (bound.add(key)) meters.add(make.get());
    }

    private double value(Tags tags, ToDoubleFunction<EntrySnapshot> of) {
        var snapshot = newest;
        if (snapshot == null) return 0;
        return snapshot.entries().stream().filter(entry -> Tags.of("method", entry.method(), "name", entry.name()).equals(tags))
            .mapToDouble(of).findFirst().orElse(0);
    }

    private double users(String name) {
        var snapshot = newest;
        return snapshot == null ? 0 : snapshot.userCounts().getOrDefault(name, 0);
    }

    private double utilisation(int loop) {
        var snapshot = newest;
        return snapshot == null || loop >= snapshot.health().loopUtilisation().size() ? 0 : snapshot.health().loopUtilisation().get(loop);
    }

    private double health(ToDoubleFunction<Snapshot.Health> of) {
        var snapshot = newest;
        return snapshot == null ? Double.NaN : of.applyAsDouble(snapshot.health());
    }

    @Override public synchronized void close() {
        var from = registry;
        if (from != null) meters.forEach(from::remove);
        meters.clear();
        bound.clear();
    }
}
