package io.katydid.api;

/**
 * Gives a value and may throw {@code X}; what {@link Scenario#blocking} runs.
 */
@FunctionalInterface
public interface ThrowingSupplier<T, X extends Exception> {

    /** Gives the value. */
    T get() throws X;
}
