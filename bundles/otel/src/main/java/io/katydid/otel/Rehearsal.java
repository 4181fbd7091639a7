package io.katydid.otel;

import io.katydid.api.KatydidException;
import io.katydid.api.User;
import io.katydid.api.event.RequestEvent;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.MemoryMode;
import io.opentelemetry.sdk.metrics.InstrumentType;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.data.AggregationTemporality;
import io.opentelemetry.sdk.metrics.export.CollectionRegistration;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Plays requests to listeners of an SDK that is thrown away: the classes are there when users come, and the first requests are noted as fast as others. */
final class Rehearsal {
    private static final int TIMES = 1_000;

    private Rehearsal() {}

    static void play() {
        try (var meters = SdkMeterProvider.builder().registerMetricReader(new Nowhere()).build();
            var tracers = SdkTracerProvider.builder().build()) {
            var durations = new RequestDurations(meters.get("katydid"), 1);
            var codes = new StatusCodes();
            var spans = new SpanWriter(tracers.get("katydid"));
            for (int i = 0; i < TIMES; i++) {
                var request = new Played(i % 10 == 0 ? Optional.of(new KatydidException("rehearsed")) : Optional.empty());
                durations.on(request);
                spans.write(EndedRequest.of(request, codes));
            }
        }
    }

    /** Is what a response is read by. */
    public interface Answer {
        /** Gives 200. */
        int statusCode();
    }

    private record Answered(int statusCode) implements Answer {}

    /** Is a request that nobody made. */
    private record Played(Optional<Throwable> exception) implements RequestEvent {
        @Override public String requestType() { return "GET"; }

        @Override public String name() { return "/rehearsal"; }

        @Override public String url() { return "http://localhost:80/rehearsal"; }

        @Override public double responseTimeMs() { return 1; }

        @Override public double serviceTimeMs() { return 1; }

        @Override public long responseLength() { return 0; }

        @Override public Map<String, Object> context() { return Map.of(); }

        @Override public Optional<Object> response() { return Optional.of(new Answered(200)); }

        @Override public Instant startTime() { return Instant.EPOCH; }

        @Override public Optional<User> user() { return Optional.empty(); }
    }

    /** Is there so that the SDK keeps figures at all. */
    private record Nowhere() implements MetricReader {
        @Override public void register(CollectionRegistration registration) {}

        @Override public CompletableResultCode forceFlush() { return CompletableResultCode.ofSuccess(); }

        @Override public CompletableResultCode shutdown() { return CompletableResultCode.ofSuccess(); }

        /** The mode of the OTLP exporter, which has classes of its own. */
        @Override public MemoryMode getMemoryMode() {
            return MemoryMode.REUSABLE_DATA;
        }

        @Override public AggregationTemporality getAggregationTemporality(InstrumentType type) { return AggregationTemporality.CUMULATIVE; }
    }
}
