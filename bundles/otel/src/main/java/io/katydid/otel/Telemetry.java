package io.katydid.otel;

import io.katydid.api.Environment;
import io.katydid.api.KatydidException;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.common.CompletableResultCode;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Is one environment's way to OpenTelemetry, from init to close. Users only measure and offer to bounded queues; the SDK's own daemon threads do the rest. At the end
 * all that is queued is sent, for as long as {@link #PATIENCE_SECONDS} and no longer.
 */
final class Telemetry implements AutoCloseable {
    static final int PATIENCE_SECONDS = 5;
    /** What is left after a flush that came to nothing is not worth waiting for again. */
    private static final int SHORT_SECONDS = 1;
    private final OpenTelemetrySdk sdk;
    private final Deliveries deliveries;
    private final QuietExporters quiet;
    private final List<AutoCloseable> parts = new ArrayList<>();
    private @Nullable RequestSpans spans;
    private boolean patient = true;

    private Telemetry(OpenTelemetrySdk sdk, Deliveries deliveries, QuietExporters quiet) {
        this.sdk = sdk;
        this.deliveries = deliveries;
        this.quiet = quiet;
    }

    /** Starts exporting; throws {@link KatydidException} when a variable makes no sense to the SDK. */
    static Telemetry start(Environment environment, ExporterSettings settings, int maxNames, PrintStream console) {
        var deliveries = new Deliveries(settings);
        var quiet = new QuietExporters();
        var made = new Telemetry(sdk(environment, settings, deliveries, console, quiet), deliveries, quiet);
        try {
            deliveries.begin();
            Rehearsal.play();
            made.connect(environment, settings, maxNames);
            return made;
        } catch (RuntimeException | Error problem) {
            made.close();
            throw problem;
        }
    }

    private static OpenTelemetrySdk sdk(Environment environment, ExporterSettings settings, Deliveries deliveries, PrintStream console,
        QuietExporters quiet) {
        try {
            return Sdk.build(environment, settings, deliveries, console);
        } catch (RuntimeException | Error problem) {
            quiet.close();
            throw problem;
        }
    }

    private void connect(Environment environment, ExporterSettings settings, int maxNames) {
        if (settings.exports(Signal.METRICS)) {
            var meter = sdk.getMeter("katydid");
            parts.add(new RunGauges(environment, meter));
            environment.events().request().addListener(new RequestDurations(meter, maxNames));
        }
        if (settings.exports(Signal.TRACES)) {
            var listener = new RequestSpans(new SpanWriter(sdk.getTracer("katydid")), deliveries.of(Signal.TRACES));
            parts.add(listener);
            environment.events().request().addListener(listener);
            spans = listener;
        }
        if (settings.exports(Signal.LOGS)) parts.add(logs()::run);
    }

    private Runnable logs() {
        try {
            return LogRecords.attach(sdk.getLogsBridge(), deliveries.of(Signal.LOGS));
        } catch (NoClassDefFoundError noLogback) {
            return UnknownLog.say();
        }
    }

    /** Sends what there is, waits for it within bounds, and says what did not arrive. */
    void finish() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        var making = spans;
        if (making != null) making.settle(end);
        var queued = CompletableResultCode.ofAll(List.of(sdk.getSdkTracerProvider().forceFlush(), sdk.getSdkLoggerProvider().forceFlush()));
        boolean measured = flushMetrics(end);
        patient = join(queued, end).isSuccess() && measured;
        if (System.nanoTime() >= end) deliveries.sayItHangs();
        deliveries.sayWhatIsMissing();
    }

    /** The reader refuses while a regular export is under way, and the newest figures would not be sent: it is asked again until one of them has gone or failed. */
    private boolean flushMetrics(long end) {
        var delivery = deliveries.of(Signal.METRICS);
        long failures = delivery.failures();
        while (!join(sdk.getSdkMeterProvider().forceFlush(), end).isSuccess()) {
            if (delivery.failures() > failures || System.nanoTime() >= end) return false;
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return true;
    }

    private static CompletableResultCode join(CompletableResultCode result, long end) {
        return result.join(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    /** Sends the last log lines and ends. On a thread of its own: the sender waits for requests under way however long they take. */
    @Override public void close() {
        parts.forEach(Telemetry::close);
        var done = new CountDownLatch(1);
        Thread.ofPlatform().daemon().name("katydid-otel-close").start(() -> {
            try {
                sdk.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } finally {
                quiet.close();
                done.countDown();
            }
        });
        try {
            if (!done.await(patient ? PATIENCE_SECONDS : SHORT_SECONDS, TimeUnit.SECONDS)) deliveries.sayItHangs();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
