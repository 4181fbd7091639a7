package io.katydid.kernel;

import io.katydid.api.Registration;
import io.katydid.api.ThrowingRunnable;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Does the periodic work of scripts and bundles, on two threads. */
final class Background implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private final ScheduledExecutorService executor = Executors.newScheduledThreadPool(2,
        Thread.ofPlatform().daemon().name("katydid-background-", 0).factory());

    Registration every(Duration period, ThrowingRunnable work) {
        var future = executor.scheduleAtFixedRate(() -> {
            try {
                work.run();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (Exception | LinkageError | AssertionError problem) {
                LOG.error("Background work failed and goes on: {}", problem.toString(), problem);
            }
        }, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override public void close() {
        executor.shutdownNow();
    }
}
