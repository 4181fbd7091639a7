package io.katydid.carrier;

/** Is work that would stall a loop; it may throw {@code X}. */
@FunctionalInterface
public interface BlockingCall<T, X extends Exception> {

    /** Does the work and gives its result. */
    T call() throws X;
}
