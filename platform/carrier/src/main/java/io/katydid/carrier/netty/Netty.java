package io.katydid.carrier.netty;

import io.katydid.carrier.Carrier;
import io.netty.channel.EventLoop;

/** Gives protocol bundles that do their own I/O the Netty side of a carrier. */
public final class Netty {

    private Netty() {}

    /** Gives the event loop of a carrier. A user on the carrier counts as in it, so its calls into a channel cross no thread. */
    public static EventLoop eventLoop(Carrier carrier) {
        return ((NettyLoop) carrier).eventLoop();
    }
}
