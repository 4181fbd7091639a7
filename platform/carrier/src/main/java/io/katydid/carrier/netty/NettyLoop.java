package io.katydid.carrier.netty;

import io.katydid.carrier.Loop;
import io.katydid.carrier.LoopKind;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Joins a loop with its poll. */
final class NettyLoop extends Loop {
    private final CarrierLoop poll;

    NettyLoop(int index, LoopKind kind, String name) {
        super(index, kind);
        poll = new CarrierLoop(this, name);
        poll.execute(() -> {});
    }

    EventLoop eventLoop() { return poll; }

    @Override protected void wakeUp() {
        poll.wakePoll();
    }

    @Override protected void shutDown() {
        poll.shutdownGracefully(0, 1, TimeUnit.SECONDS);
    }

    @Override protected boolean awaitEnd(Duration limit) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        if (!poll.terminationFuture().await(limit.toNanos(), TimeUnit.NANOSECONDS)) return false;
        var carrier = poll.carrier();
        return carrier == null || carrier.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
    }

    void ended() {
        ends();
    }

    void started(Thread carrier) {
        startedOn(carrier);
    }

    void beginPoll() {
        pollBegins();
    }

    void endPoll(long waitedNanos, boolean asleep) {
        pollEnds(waitedNanos, asleep);
    }

    void failed(Throwable problem) {
        turnFailed(problem);
    }

    void restOfTurn() {
        turn();
    }
}
