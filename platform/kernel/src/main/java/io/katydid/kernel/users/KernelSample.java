package io.katydid.kernel.users;

import io.katydid.api.CatchResponseError;
import io.katydid.api.Sample;
import io.katydid.api.spi.RequestOutcome;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Is a request measured by hand. The first verdict counts. */
final class KernelSample implements Sample {
    private final KernelRecorder recorder;
    private final String requestType;
    private final long startNanos;
    private final AtomicBoolean recorded = new AtomicBoolean();
    private final Map<String, Object> context = new HashMap<>(0);
    private String name;
    private @Nullable Object response;
    private long length;
    private long knownNanos = Long.MIN_VALUE;

    KernelSample(KernelRecorder recorder, String requestType, String name, long startNanos) {
        this.recorder = recorder;
        this.requestType = requestType;
        this.name = name;
        this.startNanos = startNanos;
    }

    KernelSample known(long nanos) {
        knownNanos = nanos;
        return this;
    }

    @Override public Sample name(String other) {
        name = other;
        return this;
    }

    @Override public Sample context(String key, Object value) {
        context.put(key, value);
        return this;
    }

    @Override public Sample response(Object received) {
        response = received;
        return this;
    }

    @Override public Sample responseLength(long bytes) {
        length = bytes;
        return this;
    }

    @Override public void success() {
        record(null);
    }

    @Override public void failure(String why) {
        record(new CatchResponseError(why));
    }

    @Override public void failure(Throwable why) {
        record(why);
    }

    /** Ends a measured call that gave no verdict itself. */
    void finish(Optional<Throwable> problem) {
        record(problem.orElse(null));
    }

    private void record(@Nullable Throwable problem) {
        if (!recorded.compareAndSet(false, true)) return;
        long nanos = knownNanos == Long.MIN_VALUE ? System.nanoTime() - startNanos : knownNanos;
        recorder.record(new RequestOutcome(requestType, name, "", startNanos, nanos, length, response, problem,
            context.isEmpty() ? Map.of() : Map.copyOf(context)));
    }
}
