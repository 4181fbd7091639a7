package io.katydid.http;

import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** Waits for a condition, for at most ten seconds. */
final class Await {

    private Await() {}

    static void until(Callable<Boolean> condition) {
        // On the caller's thread: a user must not be waited for by one that is told nothing of its end.
        Awaitility.await().pollInSameThread().pollDelay(java.time.Duration.ZERO).pollInterval(java.time.Duration.ofMillis(5))
            .until(condition);
    }
}
