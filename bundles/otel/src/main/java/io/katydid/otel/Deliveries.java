package io.katydid.otel;

import io.opentelemetry.exporter.internal.FailedExportException.HttpExportException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Watches what becomes of the three signals, and says once that a collector fails and once what never arrived. */
final class Deliveries {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.otel");
    private final ExporterSettings settings;
    private final Map<Signal, Delivery> all = new EnumMap<>(Signal.class);
    private final AtomicBoolean silent = new AtomicBoolean(true);

    Deliveries(ExporterSettings settings) {
        this.settings = settings;
        for (var signal : Signal.values()) all.put(signal, new Delivery(signal, failed -> complain(failed.signal(), why(failed.reason()))));
    }

    /** Begins to complain: what fails before is the end of an SDK that was refused. */
    void begin() {
        silent.set(false);
    }

    Delivery of(Signal signal) {
        var delivery = all.get(signal);
        if (delivery == null) throw new IllegalStateException("no delivery of " + signal);
        return delivery;
    }

    private void complain(Signal signal, String why) {
        if (silent.getAndSet(true)) return;
        LOG.warn("OpenTelemetry: the collector at {} takes no {}: {}. The run goes on, and what cannot be delivered is dropped. Start the"
            + " collector, or correct {}.", shown(settings.endpoint(signal)), signal.things(), why, settings.endpointVariable(signal));
    }

    /** A password in an address is nobody's business in a log. */
    private static String shown(String endpoint) {
        var url = RequestUrl.of(endpoint);
        return url == null ? endpoint : url.full();
    }

    /** Gives the innermost reason: what is around it says no more than that an export failed. */
    private static String why(@Nullable Throwable reason) {
        if (reason == null) return "the export failed";
        var cause = reason;
        while (cause.getCause() != null) cause = cause.getCause();
        if (cause instanceof HttpExportException http && http.getResponse() != null) return "status " + http.getResponse().getStatusCode();
        var message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }

    /** Says what was offered and never taken: it was dropped from a full queue, or its batch failed. */
    void sayWhatIsMissing() {
        var missing = new ArrayList<String>();
        for (var delivery : all.values()) {
            if (!settings.sendsOtlp(delivery.signal())) continue;
            long count = delivery.missing();
            if (count > 0)
                missing.add(String.format(Locale.ROOT, "%,d of %,d %s", count, delivery.offeredCount(), delivery.signal().things()));
            else
                if (delivery.signal() == Signal.METRICS && delivery.failures() > 0) missing.add("some metrics");
        }
        if (missing.isEmpty()) return;
        LOG.warn(
            "OpenTelemetry: not delivered to the collector: {}. The results of the run are complete all the same. Look at the collector; for"
                + " more requests than it can take, raise OTEL_BSP_MAX_QUEUE_SIZE or set OTEL_TRACES_SAMPLER=traceidratio and"
                + " OTEL_TRACES_SAMPLER_ARG=0.1.",
            String.join(", ", missing));
    }

    /** Says that the end came before an answer. */
    void sayItHangs() {
        for (var signal : Signal.values()) {
            if (!settings.sendsOtlp(signal)) continue;
            complain(signal, "no answer within " + Telemetry.PATIENCE_SECONDS + " s");
            return;
        }
    }
}
