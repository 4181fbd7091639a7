package io.katydid.micrometer;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.LatencyHistogram;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Are the meters of one name; they show the entry they were given last. */
final class NamedMeters {
    private static final double[] PERCENTILES = {0.5, 0.95, 0.99};
    private final List<Meter> meters = new ArrayList<>();
    private volatile Newest newest;

    /** Tells names apart. */
    record Key(String method, String name) {}

    /** Is an entry with its histogram, which is merged when first asked for: three percentiles need it once. */
    private static final class Newest {
        private final EntrySnapshot entry;
        private @Nullable LatencyHistogram histogram;

        Newest(EntrySnapshot entry) {
            this.entry = entry;
        }

        synchronized LatencyHistogram histogram() {
            var merged = histogram;
            if (merged == null) merged = histogram = entry.histogram();
            return merged;
        }
    }

    NamedMeters(EntrySnapshot entry, MeterRegistry to, Tags labels) {
        newest = new Newest(entry);
        var tags = labels.and("method", entry.method(), "name", entry.name());
        meters
            .add(FunctionCounter.builder("katydid.requests", this, self -> self.newest.entry.numRequests()).baseUnit("requests").tags(tags)
                .description("requests, failed ones included").register(to));
        meters
            .add(FunctionCounter.builder("katydid.failures", this, self -> self.newest.entry.numFailures()).baseUnit("failures").tags(tags)
                .description("failed requests").register(to));
        meters.add(FunctionTimer.builder("katydid.response.time", this, self -> self.timed(), self -> self.newest.entry.totalResponseTime(),
            TimeUnit.MILLISECONDS).tags(tags).description("response times; untimed requests are not in it").register(to));
        for (double p : PERCENTILES) {
            meters.add(Gauge.builder("katydid.response.time.percentile", this, self -> self.newest.histogram().percentileMs(p) / 1000)
                .baseUnit("seconds").tags(tags).tag("phi", Double.toString(p))
                .description("exact percentile since the start or the last reset")
                .register(to));
        }
    }

    private long timed() {
        var entry = newest.entry;
        return entry.numRequests() - entry.numNoneRequests();
    }

    void update(EntrySnapshot entry) {
        newest = new Newest(entry);
    }

    void remove(MeterRegistry from) {
        meters.forEach(from::remove);
    }
}
