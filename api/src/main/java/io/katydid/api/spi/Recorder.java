package io.katydid.api.spi;

import io.katydid.api.Measured;
import io.katydid.api.Sample;
import io.katydid.api.SampleCall;

/**
 * Records requests that no protocol client made; the kernel's side of
 * {@link io.katydid.api.RequestHook}. Any thread.
 */
public interface Recorder {

    /** Measures a call. */
    <T> Measured<T> measure(String requestType, String name, SampleCall<? extends T> call);

    /** Starts a clock. */
    Sample start(String requestType, String name);

    /** Takes a time that is known, in milliseconds. */
    Sample report(String requestType, String name, double responseTimeMs);
}
