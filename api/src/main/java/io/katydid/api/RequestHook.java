package io.katydid.api;

import io.katydid.api.event.RequestEvent;
import io.katydid.api.spi.HookSupport;
import io.katydid.api.spi.Recorder;
import java.util.concurrent.Callable;

/**
 * Is the hook of finished requests, and the way to record requests of your own.
 *
 * <p>
 * Recording does not depend on listeners: statistics are kept before the first
 * listener is called.
 */
public final class RequestHook extends EventHook<RequestEvent> {
    private final Recorder recorder;

    /** Is called by the kernel only. */
    public RequestHook(HookSupport support, Recorder recorder) {
        super(support);
        this.recorder = recorder;
    }

    /**
     * Measures a call as one request. An exception is recorded as a failure and not
     * thrown on; signals and interrupts pass. Inside a user it throws
     * {@link StopUser} once the user was told to stop.
     */
    public <T> Measured<T> measure(String requestType, String name, Callable<? extends T> call) {
        return recorder.measure(requestType, name, _ -> call.call());
    }

    /**
     * Measures a call that sets the length, the context or the verdict of its
     * sample.
     */
    public <T> Measured<T> measure(String requestType, String name, SampleCall<? extends T> call) {
        return recorder.measure(requestType, name, call);
    }

    /**
     * Starts the clock of a request that ends elsewhere; it runs until
     * {@code success} or {@code failure}.
     */
    public Sample start(String requestType, String name) {
        return recorder.start(requestType, name);
    }

    /**
     * Prepares a request whose time you know, in milliseconds; NaN means counted
     * but not timed. Give it a verdict to record it.
     */
    public Sample report(String requestType, String name, double responseTimeMs) {
        return recorder.report(requestType, name, responseTimeMs);
    }
}
