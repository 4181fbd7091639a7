package io.katydid.carrier;

import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Is what the JDK takes for the scheduler of a loop's users. It is a {@link ForkJoinPool} because only to one of those the JDK sends sleeps and timed parks,
 * through {@code schedule}; with a plain executor they would pass through threads of the JDK. No worker of it ever starts.
 */
final class UserScheduler extends ForkJoinPool {
    private final Loop loop;

    UserScheduler(Loop loop) {
        super(1);
        this.loop = loop;
    }

    @Override public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) { return loop.schedule(delay, unit, task); }
}
