package io.katydid.otel;

import io.katydid.api.Listener;
import io.katydid.api.event.RequestEvent;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Measures requests in a histogram, under a bounded number of names: the first ones keep theirs for ever, the others share one. */
final class RequestDurations implements Listener<RequestEvent> {
    /** Stands for all names beyond the limit; the reference's words. */
    static final String OTHERS = "Too many unique request names";
    static final String NAME = "locust.client.duration";
    private static final Logger LOG = LoggerFactory.getLogger("katydid.otel");
    private static final AttributeKey<String> NAME_KEY = AttributeKey.stringKey("name");
    private static final AttributeKey<String> ERROR_KEY = AttributeKey.stringKey("error.type");
    private static final List<Double> BOUNDS = List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0,
        60.0);
    private final DoubleHistogram histogram;
    private final int limit;
    private final Map<String, Series> names = new ConcurrentHashMap<>();
    private final Series others = new Series(OTHERS);
    private volatile boolean full;

    /** Is one name with the attributes of its successes, made once, and of each kind of failure. */
    private record Series(Attributes succeeded, Map<String, Attributes> failed) {
        Series(String name) {
            this(Attributes.of(NAME_KEY, name), new ConcurrentHashMap<>());
        }

        Attributes failed(Throwable problem) {
            return failed.computeIfAbsent(ErrorTypes.of(problem), type -> succeeded.toBuilder().put(ERROR_KEY, type).build());
        }
    }

    RequestDurations(Meter meter, int limit) {
        histogram = meter.histogramBuilder(NAME).setUnit("s").setDescription("Time to last byte for requests")
            .setExplicitBucketBoundariesAdvice(BOUNDS).build();
        this.limit = limit;
    }

    /** Takes a request, on the user's thread. One that is counted but not timed has no duration; the counters have it. */
    @Override public void on(RequestEvent request) {
        double ms = request.responseTimeMs();
        if (Double.isNaN(ms)) return;
        var series = series(request.name());
        // The root context: to ask for the current one would leave a thread-local in each user.
        histogram.record(ms / 1000, request.exception().map(series::failed).orElse(series.succeeded()), Context.root());
    }

    private Series series(String name) {
        var known = names.get(name);
        if (known != null) return known;
        return full ? others : admit(name);
    }

    private synchronized Series admit(String name) {
        if (names.size() < limit) return names.computeIfAbsent(name, Series::new);
        var known = names.get(name);
        if (known != null) return known;
        if (!full)
            LOG.warn(
                "More than {} names of requests for the histogram of --otel: from '{}' on they count as '{}'. Give requests fewer names, or"
                    + " raise --otel-max-names.",
                limit, name, OTHERS);
        full = true;
        return others;
    }
}
