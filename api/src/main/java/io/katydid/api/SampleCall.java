package io.katydid.api;

/**
 * Is a measured call that sets details of its sample: length, context, or a
 * verdict.
 */
@FunctionalInterface
public interface SampleCall<T> {

    /**
     * Runs the call. Without a verdict it is a success when it returns and a
     * failure when it throws.
     */
    T call(Sample sample) throws Exception;
}
