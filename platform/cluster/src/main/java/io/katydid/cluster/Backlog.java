package io.katydid.cluster;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;

/**
 * Hands messages over to the thread that takes them up. When more than 10,000 wait, so does the connection: what comes then stays with ZeroMQ, whose own limits
 * stop the sender, and does not fill the memory here.
 */
final class Backlog {
    private static final int MOST = 10_000;
    private final Semaphore room = new Semaphore(MOST);
    private final Executor taker;

    Backlog(Executor taker) {
        this.taker = taker;
    }

    /** Hands it over; false when the end has come. */
    boolean add(Runnable work) {
        room.acquireUninterruptibly();
        try {
            taker.execute(() -> {
                try {
                    work.run();
                } finally {
                    room.release();
                }
            });
            return true;
        } catch (RejectedExecutionException closed) {
            room.release();
            return false;
        }
    }

    /** Lets nobody wait any more. */
    void close() {
        room.release(MOST * 100);
    }
}
