package io.katydid.carrier.netty;

import io.katydid.carrier.CarrierThread;
import io.katydid.carrier.Loop;
import io.netty.util.concurrent.FastThreadLocalThread;

/** Is a loop's platform thread. The depth of every user's stack is bounded by this thread's, so it is large; it is reserved once per loop, not per user. */
final class LoopThread extends FastThreadLocalThread implements CarrierThread {
    private static final long STACK_BYTES = 16L << 20;
    private final NettyLoop loop;

    LoopThread(NettyLoop loop, Runnable body, String name) {
        super(null, body, name, STACK_BYTES);
        this.loop = loop;
        setDaemon(true);
        // Not that of whoever opened the environment: a loop must not hold on to a script or plugin.
        setContextClassLoader(LoopThread.class.getClassLoader());
    }

    @Override public Loop loop() { return loop; }
}
