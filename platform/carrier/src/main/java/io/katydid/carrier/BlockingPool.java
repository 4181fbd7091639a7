package io.katydid.carrier;

import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs work that would stall a loop on at most 64 platform threads; the caller parks and its loop goes on. */
final class BlockingPool implements AutoCloseable {
    private static final int THREADS = 64;
    private final ThreadPoolExecutor pool;

    BlockingPool(String name) {
        var numbers = new AtomicInteger();
        pool = new ThreadPoolExecutor(THREADS, THREADS, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
            work -> new Worker(this, work, name + "-blocking-" + numbers.getAndIncrement()));
        pool.allowCoreThreadTimeOut(true);
    }

    <T, X extends Exception> T call(BlockingCall<T, X> call) throws X {
        // A call within a call has its thread already; were it to wait for another, 64 of them would wait for each other for ever.
        if (Thread.currentThread() instanceof Worker worker && worker.owner == this) return call.call();
        return await(submit(call));
    }

    private <T> Future<T> submit(BlockingCall<T, ?> call) {
        var loader = Thread.currentThread().getContextClassLoader();
        var work = new FutureTask<T>(() -> {
            var thread = Thread.currentThread();
            thread.setContextClassLoader(loader);
            try {
                return call.call();
            } finally {
                // An idle thread must not hold on to a script that was reloaded meanwhile.
                thread.setContextClassLoader(null);
            }
        });
        try {
            pool.execute(work);
        } catch (RejectedExecutionException closed) {
            throw new IllegalStateException("Blocking work cannot begin: its set of carriers is closed. End users before Carriers.close().",
                closed);
        }
        return work;
    }

    @SuppressWarnings("unchecked") private static <T, X extends Exception> T await(Future<T> work) throws X {
        try {
            return work.get();
        } catch (InterruptedException interrupted) {
            work.cancel(true);
            Thread.currentThread().interrupt();
            throw new CancellationException("The wait for blocking work was interrupted, and so was the work.");
        } catch (CancellationException closed) {
            throw new CancellationException(
                "Blocking work did not end: its set of carriers was closed meanwhile. End users before Carriers.close().");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof Error error) throw error;
            throw (X) failed.getCause();
        }
    }

    /** Interrupts the work that runs and cancels what waits, so that nobody waits for it for ever. */
    @Override public void close() {
        for (var waiting : pool.shutdownNow()) ((Future<?>) waiting).cancel(false);
    }

    private static final class Worker extends Thread {
        private final BlockingPool owner;

        Worker(BlockingPool owner, Runnable work, String name) {
            // It is made by whichever user comes first, and inherits nothing of it.
            super(null, work, name, 0, false);
            this.owner = owner;
            setDaemon(true);
            setContextClassLoader(null);
        }
    }
}
