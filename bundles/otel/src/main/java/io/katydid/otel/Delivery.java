package io.katydid.otel;

import io.opentelemetry.sdk.common.CompletableResultCode;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Counts for one signal what was offered to its queue and what the collector took. Any thread. */
final class Delivery {
    private final Signal signal;
    private final Consumer<Delivery> firstFailure;
    private final LongAdder offered = new LongAdder();
    private final LongAdder taken = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private volatile @Nullable Throwable reason;

    Delivery(Signal signal, Consumer<Delivery> firstFailure) {
        this.signal = signal;
        this.firstFailure = firstFailure;
    }

    Signal signal() { return signal; }

    /** Counts one more that should arrive. */
    void offered() {
        offered.increment();
    }

    /** Takes one back: it was never meant to arrive. */
    void leftOut() {
        offered.decrement();
    }

    long offeredCount() { return offered.sum(); }

    long missing() { return Math.max(0, offered.sum() - taken.sum()); }

    long failures() { return failures.sum(); }

    /** Gives why the newest batch failed. */
    @Nullable Throwable reason() { return reason; }

    /** Watches a batch on its way. */
    CompletableResultCode watch(int size, CompletableResultCode result) {
        return result.whenComplete(() -> {
            if (result.isSuccess()) taken.add(size);
            else fail(result.getFailureThrowable());
        });
    }

    private synchronized void fail(@Nullable Throwable why) {
        reason = why;
        boolean first = failures.sum() == 0;
        failures.increment();
        if (first) firstFailure.accept(this);
    }
}
