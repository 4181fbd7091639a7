package io.katydid.carrier;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Is what the JDK takes for the scheduler of a loop's users. It is a {@link ForkJoinPool} because only to one of those the JDK sends sleeps and timed parks,
 * through {@code schedule}; with a plain executor they would pass through threads of the JDK. The two methods the JDK calls lead to the loop; all others,
 * which would start workers of the pool, are refused.
 */
final class UserScheduler extends ForkJoinPool {
    private final Loop loop;

    UserScheduler(Loop loop) {
        super(1, pool -> {
            throw refused();
        }, null, false);
        this.loop = loop;
    }

    @Override public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override public ScheduledFuture<?> schedule(Runnable task, long delay, TimeUnit unit) { return loop.schedule(delay, unit, task); }

    @Override public void execute(ForkJoinTask<?> task) {
        throw refused();
    }

    @Override public <T> T invoke(ForkJoinTask<T> task) { throw refused(); }

    @Override public <T> ForkJoinTask<T> submit(ForkJoinTask<T> task) { throw refused(); }

    @Override public <T> ForkJoinTask<T> submit(Callable<T> task) { throw refused(); }

    @Override public <T> ForkJoinTask<T> submit(Runnable task, T result) { throw refused(); }

    @Override public ForkJoinTask<?> submit(Runnable task) { throw refused(); }

    @Override public <T> ForkJoinTask<T> externalSubmit(ForkJoinTask<T> task) { throw refused(); }

    @Override public <T> ForkJoinTask<T> lazySubmit(ForkJoinTask<T> task) { throw refused(); }

    @Override public <T> ForkJoinTask<T> submitWithTimeout(Callable<T> task, long timeout, TimeUnit unit,
        Consumer<? super ForkJoinTask<T>> onTimeout) {
        throw refused();
    }

    @Override public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks) { throw refused(); }

    @Override public <T> List<Future<T>> invokeAll(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) {
        throw refused();
    }

    @Override public <T> List<Future<T>> invokeAllUninterruptibly(Collection<? extends Callable<T>> tasks) { throw refused(); }

    @Override public <T> T invokeAny(Collection<? extends Callable<T>> tasks) { throw refused(); }

    @Override public <T> T invokeAny(Collection<? extends Callable<T>> tasks, long timeout, TimeUnit unit) { throw refused(); }

    @Override public <V> ScheduledFuture<V> schedule(Callable<V> task, long delay, TimeUnit unit) { throw refused(); }

    @Override public ScheduledFuture<?> scheduleAtFixedRate(Runnable task, long initial, long period, TimeUnit unit) { throw refused(); }

    @Override public ScheduledFuture<?> scheduleWithFixedDelay(Runnable task, long initial, long delay, TimeUnit unit) { throw refused(); }

    private static UnsupportedOperationException refused() {
        return new UnsupportedOperationException("This is the scheduler of a loop's users, not a pool: it has no workers to run a task. "
            + "Start a virtual thread in a user, or use Carrier.execute.");
    }
}
