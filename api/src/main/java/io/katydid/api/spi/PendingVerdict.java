package io.katydid.api.spi;

import org.jspecify.annotations.Nullable;

/**
 * Is a request whose block was left without a verdict, and which is judged a
 * little later.
 */
@FunctionalInterface
public interface PendingVerdict {

    /**
     * Records the request: by its status, or as a failure with the exception that
     * ended the task. Called once, on the user's thread.
     */
    void settle(@Nullable Throwable taskException);
}
