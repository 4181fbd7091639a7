package io.katydid.testkit;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Awaits conditions with a bound, in place of sleeping.
 *
 * <pre>{@code
 * Await.until("the server has seen a request", () -> server.requests() > 0);
 * }</pre>
 */
public final class Await {
    private static final Duration BOUND = Duration.ofSeconds(20);
    private static final long LOOK_NANOS = 1_000_000;

    private Await() {}

    /** Waits until a condition holds; an {@link AssertionError} that names it after 20 s. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, BOUND, condition);
    }

    /** Waits until a condition holds; an {@link AssertionError} that names it when the bound is over. */
    public static void until(String what, Duration bound, BooleanSupplier condition) {
        if (!within(bound, condition)) {
            throw new AssertionError("Waited " + bound.toMillis() + " ms in vain until " + what + ".");
        }
    }

    /** Waits until a condition holds and tells whether it came true within the bound. */
    static boolean within(Duration bound, BooleanSupplier condition) {
        long end = System.nanoTime() + bound.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) return condition.getAsBoolean();
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return true;
    }
}
