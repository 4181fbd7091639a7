package io.katydid.cluster.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.channels.SelectableChannel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** Makes sockets of one context with what both roles need, and notices when ZeroMQ's own thread dies. */
final class ZeroMq {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    private static final int LINGER_MILLIS = 700;
    private static final int KEEPALIVE_IDLE_SECONDS = 30;
    /** What CURVE adds to a frame. */
    private static final int CURVE_BYTES = 64;
    private final ZContext context = new ZContext(1);
    private volatile @Nullable Throwable failure;

    ZeroMq(Runnable wake) {
        context.setUncaughtExceptionHandler((_, problem) -> {
            failure = problem;
            wake.run();
        });
        context
            .setNotificationExceptionHandler((_, problem) -> LOG.debug("ZeroMQ's thread goes on after: {}", problem.toString(), problem));
    }

    /** Makes a socket that closes a peer's connection at a frame that is too long, before it takes the memory for it. */
    ZMQ.Socket socket(SocketType type, boolean ipv6) {
        var socket = context.createSocket(type);
        socket.setLinger(LINGER_MILLIS);
        socket.setSndHWM(Limits.WAITING_PER_PEER);
        socket.setMaxMsgSize((long) Limits.FRAME_BYTES + CURVE_BYTES);
        socket.setTCPKeepAlive(1);
        socket.setTCPKeepAliveIdle(KEEPALIVE_IDLE_SECONDS);
        socket.setIPv6(ipv6);
        return socket;
    }

    /** Throws what ended ZeroMQ's thread: without it nothing moves any more. */
    void check() {
        var problem = failure;
        if (problem != null) throw new IllegalStateException("ZeroMQ's thread ended: " + problem, problem);
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

    /** Closes all sockets, after they had the time to send what they were given. */
    void close() {
        context.close();
    }
}
