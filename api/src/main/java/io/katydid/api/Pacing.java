package io.katydid.api;

import java.util.function.LongSupplier;

/**
 * Keeps the pace of one user: remembers when its last task run began and how
 * long it waited before it.
 */
final class Pacing implements WaitTime {
    private final double seconds;
    private final LongSupplier nanoTime;
    private long lastRun;
    private double lastWait;

    Pacing(double seconds, LongSupplier nanoTime) {
        this.seconds = seconds;
        this.nanoTime = nanoTime;
        this.lastRun = nanoTime.getAsLong();
    }

    @Override public double seconds() {
        long now = nanoTime.getAsLong();
        double runTime = (now - lastRun) / 1e9 - lastWait;
        lastRun = now;
        lastWait = Math.max(0, seconds - runTime);
        return lastWait;
    }
}
