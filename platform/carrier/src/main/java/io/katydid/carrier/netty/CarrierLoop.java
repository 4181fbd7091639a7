package io.katydid.carrier.netty;

import io.katydid.carrier.JdkThreads;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Is Netty's event loop with a turn of our own: I/O, Netty's tasks, timers, what other threads sent, users; each step bounded.
 * With Netty's own {@code run()} users are tasks among others, and one that only yields keeps the loop from its I/O for seconds.
 */
final class CarrierLoop extends SingleThreadIoEventLoop {
    private static final long QUANTUM_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
    private final NettyLoop loop;
    private final PollContext context = new PollContext();
    private volatile @Nullable Thread carrier;

    CarrierLoop(NettyLoop loop, String name) {
        super(null, (ThreadFactory) task -> new LoopThread(loop, task, name), NioIoHandler.newFactory());
        this.loop = loop;
    }

    @Override protected void run() {
        carrier = Thread.currentThread();
        loop.started(Thread.currentThread());
        ioHandler().initialize();
        do {
            try {
                poll();
                if (hasTasks() || hasScheduledTasks()) runAllTasks(QUANTUM_NANOS);
                loop.restOfTurn();
            } catch (Throwable problem) {
                loop.failed(problem);
            }
            if (isShuttingDown()) ioHandler().prepareToDestroy();
        } while (!confirmShutdown());
        loop.ended();
    }

    private void poll() {
        context.activeNanos = 0;
        context.mayBlock = false;
        long begin = System.nanoTime();
        loop.beginPoll();
        ioHandler().run(context);
        loop.queue().awake();
        loop.endPoll(context.mayBlock ? Math.max(0, System.nanoTime() - begin - context.activeNanos) : 0);
    }

    @Nullable Thread carrier() { return carrier; }

    void wakePoll() {
        ioHandler().wakeup();
    }

    /**
     * Tells whether a thread is this loop: the carrier itself, or the calling virtual thread when it is mounted on it. Of another virtual thread
     * nobody can tell, so the answer is no.
     */
    @Override public boolean inEventLoop(Thread thread) {
        return thread == carrier || (thread.isVirtual() && thread == Thread.currentThread() && JdkThreads.carrierThread() == carrier);
    }

    /** Says whether the poll may block and until when; asked anew each time, since an answer from before would lose the wake-up in between. */
    private final class PollContext implements IoHandlerContext {
        /** The NIO poll turns less than half a millisecond into a spin. */
        private static final long LEAST_NANOS = 1_000_000;
        private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);
        private long activeNanos;
        private boolean mayBlock;

        @Override public boolean canBlock() {
            boolean idle = !loop.queue().mayNotSleep() && !hasTasks() && waitNanos(System.nanoTime()) > 0;
            if (idle) mayBlock = true;
            return idle;
        }

        @Override public long delayNanos(long now) {
            long wait = waitNanos(System.nanoTime());
            return wait <= 0 ? 0 : Math.clamp(wait, LEAST_NANOS, MOST_NANOS);
        }

        @Override public long deadlineNanos() {
            // In Netty's own time, whose zero is the start of the JVM.
            return ticker().nanoTime() + delayNanos(0);
        }

        private long waitNanos(long now) {
            long wait = Math.min(MOST_NANOS, loop.timerDelayNanos(now));
            return hasScheduledTasks() ? Math.min(wait, CarrierLoop.this.delayNanos(ticker().nanoTime())) : wait;
        }

        @Override public void reportActiveIoTime(long nanos) {
            activeNanos += nanos;
        }

        @Override public boolean shouldReportActiveIoTime() { return true; }
    }
}
