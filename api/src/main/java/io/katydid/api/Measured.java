package io.katydid.api;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Is the outcome of a measured call: its value, or the exception it threw,
 * which was recorded as a failure and not thrown on.
 *
 * <pre>{@code
 * measure("gRPC", "Predict", () -> stub.predict(cat)).value().ifPresent(this::show);
 * }</pre>
 */
public final class Measured<T> {
    private final @Nullable T value;
    private final @Nullable Throwable exception;

    private Measured(@Nullable T value, @Nullable Throwable exception) {
        this.value = value;
        this.exception = exception;
    }

    /** Makes the outcome of a call that returned. */
    public static <T> Measured<T> of(@Nullable T value) {
        return new Measured<>(value, null);
    }

    /** Makes the outcome of a call that threw. */
    public static <T> Measured<T> failed(Throwable exception) {
        return new Measured<>(null, exception);
    }

    /**
     * Gives what the call returned; empty when it threw or returned {@code null}.
     */
    public Optional<T> value() {
        return Optional.ofNullable(value);
    }

    /** Gives what the call threw. */
    public Optional<Throwable> exception() {
        return Optional.ofNullable(exception);
    }

    /** Tells whether the call returned. */
    public boolean ok() {
        return exception == null;
    }

    /** Gives what the call returned, or {@code other} when there is nothing. */
    public T orElse(T other) {
        return value == null ? other : value;
    }
}
