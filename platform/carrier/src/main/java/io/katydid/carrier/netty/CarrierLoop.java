package io.katydid.carrier.netty;

import io.katydid.carrier.JdkThreads;
import io.netty.channel.DefaultSelectStrategyFactory;
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
    /** Is often enough for the watchdog to see that the loop turns. */
    private static final long BUSY_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
    private final NettyLoop loop;
    private final EpollSelectors selectors;
    private final PollContext context = new PollContext();
    private @Nullable FineWait fineWait;
    private volatile @Nullable Thread carrier;

    CarrierLoop(NettyLoop loop, String name) {
        var opened = new EpollSelectors();
        super(null, (ThreadFactory) task -> new LoopThread(loop, task, name),
            NioIoHandler.newFactory(opened, DefaultSelectStrategyFactory.INSTANCE));
        this.loop = loop;
        selectors = opened;
    }

    @Override protected void run() {
        carrier = Thread.currentThread();
        fineWait = FineWait.of(selectors);
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
        boolean busily = loop.pollsBusily();
        if (busily) {
            pollBusily(begin);
        } else if (fineWait != null && context.isShortWait(begin)) {
            pollFinely(fineWait);
        } else {
            ioHandler().run(context);
        }
        loop.queue().awake();
        loop.endPoll(context.mayBlock ? Math.max(0, System.nanoTime() - begin - context.activeNanos) : 0, !busily);
    }

    /** Asks until there is something to do, where it would else wait: who sleeps is late by what it takes to be woken. Time in which nothing was found is idle time. */
    private void pollBusily(long begin) {
        long end = begin + Math.min(BUSY_NANOS, context.waitNanos(begin));
        while (context.run(Mode.TAKE) == 0 && !loop.queue().hasWork() && !hasTasks() && System.nanoTime() < end) Thread.onSpinWait();
    }

    /** Waits to the microsecond. What users have changed of their connections the selector learns when it is asked, so that comes before. */
    private void pollFinely(FineWait wait) {
        if (context.run(Mode.LOOK) > 0) return;
        long nanos = context.idleNanos(System.nanoTime());
        if (nanos > 0) context.run(wait.await(nanos) ? Mode.TAKE : Mode.WAIT);
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

    /** Is what Netty's poll is to do. */
    private enum Mode {
        /** It waits, when there is nothing else to do. */
        WAIT,
        /** It takes what is ready. */
        LOOK,
        /** It takes what is ready as after a wait of its own: it forgets that it was woken. */
        TAKE
    }

    /** Says whether the poll may block and until when; asked anew each time, since an answer from before would lose the wake-up in between. */
    private final class PollContext implements IoHandlerContext {
        /** The NIO poll turns less than half a millisecond into a spin. */
        private static final long LEAST_NANOS = 1_000_000;
        private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(10);
        /** Beyond it the poll waits for whole milliseconds at first, which takes one call of the system and not three. */
        private static final long SHORT_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
        private Mode mode = Mode.WAIT;
        private long activeNanos;
        private boolean mayBlock;

        int run(Mode asked) {
            mode = asked;
            try {
                return ioHandler().run(this);
            } finally {
                mode = Mode.WAIT;
            }
        }

        @Override public boolean canBlock() {
            boolean may = switch (mode) {
                case WAIT -> idleNanos(System.nanoTime()) > 0;
                case LOOK -> false;
                case TAKE -> true;
            };
            if (may) mayBlock = true;
            return may;
        }

        @Override public long delayNanos(long now) {
            if (mode == Mode.TAKE) return 0;
            long wait = waitNanos(System.nanoTime());
            if (wait <= 0) return 0;
            // NIO rounds, so it might come half a millisecond late.
            return Math.clamp(fineWait == null ? wait : wait - LEAST_NANOS, LEAST_NANOS, MOST_NANOS);
        }

        @Override public long deadlineNanos() {
            // In Netty's own time, whose zero is the start of the JVM.
            return ticker().nanoTime() + delayNanos(0);
        }

        boolean isShortWait(long now) {
            long nanos = idleNanos(now);
            return nanos > 0 && nanos < SHORT_NANOS;
        }

        /** Gives for how long the loop may sleep, 0 when there is work. */
        long idleNanos(long now) {
            return loop.queue().mayNotSleep() || hasTasks() ? 0 : Math.max(0, waitNanos(now));
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
