package io.katydid.api;

/** Does something and may throw anything. */
@FunctionalInterface
public interface ThrowingRunnable {

    /** Does it. */
    void run() throws Exception;
}
