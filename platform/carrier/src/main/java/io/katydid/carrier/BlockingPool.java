package io.katydid.carrier;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Runs work that would stall a loop on at most 64 platform threads; the caller parks and its loop goes on. */
final class BlockingPool implements AutoCloseable {
    private static final int THREADS = 64;
    private final ThreadPoolExecutor pool;

    BlockingPool(String name) {
        pool = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(name + "-blocking-", 0).factory());
        pool.allowCoreThreadTimeOut(true);
    }

    @SuppressWarnings("unchecked") <T, X extends Exception> T call(BlockingCall<T, X> call) throws X {
        var loader = Thread.currentThread().getContextClassLoader();
        var work = new FutureTask<T>(() -> {
            Thread.currentThread().setContextClassLoader(loader);
            return call.call();
        });
        pool.execute(work);
        try {
            return work.get();
        } catch (InterruptedException interrupted) {
            work.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("The wait for blocking work was interrupted, and so was the work.");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) throw error;
            throw (X) failed.getCause();
        }
    }

    @Override public void close() {
        pool.shutdownNow();
    }
}
