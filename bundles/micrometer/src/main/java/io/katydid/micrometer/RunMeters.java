package io.katydid.micrometer;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.Reporter;
import io.katydid.api.stats.Snapshot;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Binds the run's meters to a Micrometer registry. Values are those of the newest snapshot, at most a second old; a meter goes when what it measures is gone.
 *
 * <table>
 * <caption>Meters</caption>
 * <tr><th>Meter</th><th>Type</th><th>Unit</th><th>Tags</th><th>Is</th></tr>
 * <tr><td>katydid.requests</td><td>counter</td><td>requests</td><td>method, name</td><td>requests, failed ones included</td></tr>
 * <tr><td>katydid.failures</td><td>counter</td><td>failures</td><td>method, name</td><td>failed requests</td></tr>
 * <tr><td>katydid.response.time</td><td>timer</td><td>seconds</td><td>method, name</td><td>number and sum of the response times; untimed requests are not in it</td></tr>
 * <tr><td>katydid.response.time.percentile</td><td>gauge</td><td>seconds</td><td>method, name, phi</td><td>exact percentile since the start or the last reset; phi is 0.5, 0.95, 0.99</td></tr>
 * <tr><td>katydid.users</td><td>gauge</td><td>users</td><td>class</td><td>users of a class</td></tr>
 * <tr><td>katydid.loop.utilisation</td><td>gauge</td><td>-</td><td>loop</td><td>busy share of the last second of a carrier loop, 0 to 1</td></tr>
 * <tr><td>katydid.wake.up.delay</td><td>gauge</td><td>seconds</td><td>-</td><td>how late sleeping users were woken in the last second, 99th percentile</td></tr>
 * <tr><td>katydid.gc.pause</td><td>gauge</td><td>seconds</td><td>-</td><td>how long collections of garbage stopped the process in the last second</td></tr>
 * <tr><td>katydid.stolen.time</td><td>gauge</td><td>seconds</td><td>-</td><td>how long the host of a virtual machine gave a core to its other guests in the last second, of the core it took most from</td></tr>
 * </table>
 *
 * <p>The labels of the environment are tags of every meter. A reset of the statistics sets counters back, as a restart would.
 */
@Extension
public final class RunMeters implements Reporter {
    private final Map<NamedMeters.Key, NamedMeters> names = new HashMap<>();
    private final Map<String, Meter> others = new HashMap<>();
    private @Nullable MeterRegistry registry;
    private Tags labels = Tags.empty();
    private volatile @Nullable Snapshot newest;

    /** Makes one; the platform does. */
    public RunMeters() {}

    /** Gives the registry of an environment; add the registry of your backend to it. */
    public static CompositeMeterRegistry registry(Environment environment) {
        return environment.shared("micrometer", CompositeMeterRegistry.class, CompositeMeterRegistry::new);
    }

    @Override public void init(Environment environment) {
        for (var label : environment.labels().entrySet()) labels = labels.and(label.getKey(), label.getValue());
        registry = registry(environment);
        newest = environment.stats().snapshot();
    }

    @Override public synchronized void snapshot(Snapshot second) {
        newest = second;
        var to = registry;
        if (to == null) return;
        bindNames(to, second);
        bindOthers(to, second);
    }

    /** Takes each entry once: as much work as there are names, however many there are. */
    private void bindNames(MeterRegistry to, Snapshot second) {
        var gone = new HashSet<>(names.keySet());
        for (var entry : second.entries()) {
            var key = new NamedMeters.Key(entry.method(), entry.name());
            gone.remove(key);
            var meters = names.get(key);
            if (meters == null) names.put(key, new NamedMeters(entry, to, labels));
            else meters.update(entry);
        }
        for (var key : gone) {
            var meters = names.remove(key);
            if (meters != null) meters.remove(to);
        }
    }

    private void bindOthers(MeterRegistry to, Snapshot second) {
        var gone = new HashSet<>(others.keySet());
        for (var type : second.userCounts().keySet()) {
            once(gone, "users " + type, () -> Gauge.builder("katydid.users", this, self -> self.users(type)).baseUnit("users").tags(labels)
                .tag("class", type).description("users of a class").register(to));
        }
        for (int i = 0; i < second.health().loopUtilisation().size(); i++) {
            int loop = i;
            once(gone, "loop " + loop, () -> Gauge.builder("katydid.loop.utilisation", this, self -> self.utilisation(loop)).tags(labels)
                .tag("loop", Integer.toString(loop)).description("busy share of the last second of a carrier loop, 0 to 1").register(to));
        }
        once(gone, "wake-up", () -> Gauge.builder("katydid.wake.up.delay", this, RunMeters::wakeUpDelay).baseUnit("seconds").tags(labels)
            .description("how late sleeping users were woken in the last second, 99th percentile").register(to));
        once(gone, "garbage", () -> Gauge.builder("katydid.gc.pause", this, RunMeters::gcPause).baseUnit("seconds").tags(labels)
            .description("how long collections of garbage stopped the process in the last second").register(to));
        once(gone, "stolen", () -> Gauge.builder("katydid.stolen.time", this, RunMeters::stolen).baseUnit("seconds").tags(labels)
            .description("how long the host of a virtual machine gave a core to its other guests in the last second").register(to));
        for (var key : gone) {
            var meter = others.remove(key);
            if (meter != null) to.remove(meter);
        }
    }

    private void once(Set<String> gone, String key, Supplier<Meter> make) {
        gone.remove(key);
        if (!others.containsKey(key)) others.put(key, make.get());
    }

    private double users(String type) {
        var snapshot = newest;
        return snapshot == null ? 0 : snapshot.userCounts().getOrDefault(type, 0);
    }

    private double utilisation(int loop) {
        var snapshot = newest;
        return snapshot == null || loop >= snapshot.health().loopUtilisation().size() ? 0 : snapshot.health().loopUtilisation().get(loop);
    }

    private double wakeUpDelay() {
        var snapshot = newest;
        return snapshot == null ? Double.NaN : snapshot.health().wakeUpDelayP99Ms() / 1000;
    }

    private double gcPause() {
        var snapshot = newest;
        return snapshot == null ? Double.NaN : snapshot.health().gcPauseMs() / 1000;
    }

    private double stolen() {
        var snapshot = newest;
        return snapshot == null ? Double.NaN : snapshot.health().stolenMs() / 1000;
    }

    @Override public synchronized void close() {
        var from = registry;
        registry = null;
        if (from == null) return;
        names.values().forEach(meters -> meters.remove(from));
        others.values().forEach(from::remove);
        names.clear();
        others.clear();
    }
}
