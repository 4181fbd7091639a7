package io.katydid.cluster.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** Makes sockets of one context with what both roles need, and notices when ZeroMQ's own thread dies. */
final class ZeroMq {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    private static final int LINGER_MILLIS = 700;
    private static final int KEEPALIVE_IDLE_SECONDS = 30;
    /** The longest frame, with what CURVE adds to it. */
    static final int FRAME_BYTES = Limits.FRAME_BYTES + 64;
    /** A connection ZeroMQ's thread fails at again and again is never given up by it. */
    private static final int FAILURES_AT_MOST = 1_000;
    private final ZContext context = new ZContext(1);
    private final AtomicInteger failures = new AtomicInteger();
    private final Runnable wake;
    private volatile @Nullable Throwable failure;

    ZeroMq(Runnable wake) {
        this.wake = wake;
        context.setUncaughtExceptionHandler((_, problem) -> {
            failure = problem;
            wake.run();
        });
        context.setNotificationExceptionHandler(this::noted);
    }

    private void noted(Thread thread, Throwable problem) {
        LOG.debug("ZeroMQ's thread {} goes on after: {}", thread.getName(), problem.toString(), problem);
        if (failures.incrementAndGet() < FAILURES_AT_MOST) return;
        failure = problem;
        wake.run();
    }

    /** Makes a socket that closes a peer's connection at a frame that is too long, before it takes the memory for it. */
    ZMQ.Socket socket(SocketType type, boolean ipv6) {
        var socket = context.createSocket(type);
        socket.setLinger(LINGER_MILLIS);
        socket.setSndHWM(Limits.WAITING_PER_PEER);
        socket.setMaxMsgSize(FRAME_BYTES);
        socket.setMsgAllocator(new FrameMemory());
        socket.setTCPKeepAlive(1);
        socket.setTCPKeepAliveIdle(KEEPALIVE_IDLE_SECONDS);
        socket.setIPv6(ipv6);
        return socket;
    }

    /**
     * Has ZeroMQ's thread go through what it watches, by a listener that comes and goes. JeroMQ 0.6.0 forgets to watch one new connection of fifty, when
     * it loses the race its pull request 1022 is about; it says nothing there then, for 30 seconds, but takes it up when anything else is to be watched.
     */
    void nudge() {
        try (var passing = context.createSocket(SocketType.PAIR)) {
            passing.bind(endpoint(InetAddress.getLoopbackAddress(), 0));
        } catch (ZMQException problem) {
            LOG.debug("ZeroMQ could not be nudged: {}", problem.toString());
        }
    }

    /** Throws what ZeroMQ's thread ended with or cannot get over: without it nothing moves any more. */
    void check() {
        var problem = failure;
        if (problem != null) throw new IllegalStateException("ZeroMQ's thread failed: " + problem, problem);
    }

    /** Gives the rest of a message whose first frame was read. */
    static List<byte[]> rest(ZMQ.Socket socket) {
        var frames = new ArrayList<byte[]>(1);
        while (socket.hasReceiveMore()) {
            var frame = socket.recv(ZMQ.DONTWAIT);
            if (frame == null) break;
            frames.add(frame);
        }
        return frames;
    }

    static SelectableChannel channel(ZMQ.Socket socket) {
        return socket.getFD();
    }

    static String endpoint(InetAddress address, int port) {
        var text = address.getHostAddress();
        return "tcp://" + (address instanceof Inet6Address ? "[" + text + "]" : text) + ":" + port;
    }

    /** Closes all sockets, after they had the time to send what they were given. Without ZeroMQ's thread that may never end, and nobody waits for it. */
    void close() {
        if (failure == null) {
            context.close();
        } else {
            Thread.ofPlatform().daemon().name("katydid-broken-socket").start(context::close);
        }
    }
}
