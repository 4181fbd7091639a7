package io.katydid.testkit;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Decides when the bytes of one direction are due: delay and jitter from a seed, in order, no faster than the bandwidth. One thread at a time. */
final class Pace {
    private final SplittableRandom random;
    private long lastDue;
    private long free;

    Pace(long seed) {
        random = new SplittableRandom(seed);
        lastDue = System.nanoTime();
        free = lastDue;
    }

    /** Gives when bytes that have just come may go on. */
    long due(Faults faults) {
        long due = System.nanoTime() + faults.delay().toNanos() + (long) (faults.jitter().toNanos() * random.nextDouble());
        lastDue = Math.max(lastDue, due);
        return lastDue;
    }

    boolean loses(Faults faults) { return random.nextDouble() < faults.loss(); }

    /** Waits until there is room for so many bytes. */
    void awaitRoom(Faults faults, int bytes) throws InterruptedException {
        if (faults.bytesPerSecond() == Faults.UNLIMITED) return;
        long start = Math.max(System.nanoTime(), free);
        free = start + (long) (bytes * 1e9 / faults.bytesPerSecond());
        until(free);
    }

    /** Waits for a moment of {@link System#nanoTime}. */
    static void until(long nanos) throws InterruptedException {
        for (long left = nanos - System.nanoTime(); left > 0; left = nanos - System.nanoTime()) {
            LockSupport.parkNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            if (Thread.interrupted()) throw new InterruptedException();
        }
    }
}
