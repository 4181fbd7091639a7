package io.katydid.carrier;

import java.util.concurrent.TimeUnit;

/**
 * Says how much later than its deadline a loop may wake for a timer. At low rates not at all; when thousands expire each second the wakes themselves are most of the
 * work, and those that fall within the slack share one.
 *
 * <p>It follows what expires, not how often the loop wakes: slack makes the wakes fewer, so a rule on them would switch itself off and on. Touched by its loop only.
 */
final class Slack {
    private static final long MOST_NANOS = TimeUnit.MICROSECONDS.toNanos(300);
    private static final long WINDOW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final double ON_PER_SECOND = 5_000;
    private static final double OFF_PER_SECOND = 2_500;
    private long windowBegan;
    private long expired;
    private long nanos;

    Slack(long nowNanos) {
        windowBegan = nowNanos;
    }

    /** Counts timers that have just run. */
    void expired(int count, long nowNanos) {
        expired += count;
        long window = nowNanos - windowBegan;
        if (window < WINDOW_NANOS) return;
        double perSecond = expired * (double) TimeUnit.SECONDS.toNanos(1) / window;
        if (perSecond > ON_PER_SECOND) {
            nanos = MOST_NANOS;
        } else if (perSecond < OFF_PER_SECOND) {
            nanos = 0;
        }
        windowBegan = nowNanos;
        expired = 0;
    }

    /** Gives the slack, 0 or 300 µs in ns. */
    long nanos() { return nanos; }
}
