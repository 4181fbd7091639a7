package io.katydid.cluster.wire;

import io.katydid.api.KatydidException;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.nio.channels.SelectableChannel;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;
import zmq.ZError;

/** Is the master's socket: a ROUTER with one thread of ZeroMQ for all workers. */
final class RouterLine implements Line {
    private static final int BACKLOG = 1024;
    private static final String IN_USE = "in use";
    private final ZeroMq zero;
    private final ZMQ.Socket socket;
    private final @Nullable Doorkeeper doorkeeper;
    private final List<SelectableChannel> wakes;
    private final int port;

    private RouterLine(ZeroMq zero, String host, int port, Security security) {
        this.zero = zero;
        var addresses = host.equals("*") ? List.<InetAddress>of() : addresses(host, port);
        socket = zero.socket(SocketType.ROUTER, addresses.isEmpty() || addresses.stream().anyMatch(Inet6Address.class::isInstance));
        socket.setBacklog(BACKLOG);
        socket.setRcvHWM(Limits.UNREAD_PER_WORKER);
        // Says so when a peer is gone, instead of dropping the message without a word.
        socket.setRouterMandatory(true);
        // A worker that comes back replaces its old connection, which may look alive for a long time.
        socket.setRouterHandover(true);
        doorkeeper = switch (security) {
            case Security.Open _ -> null;
            case Security.Token token -> new Doorkeeper(zero, socket, token);
        };
        wakes = Stream.concat(Stream.of(ZeroMq.channel(socket)), Stream.ofNullable(doorkeeper).map(Doorkeeper::wakes)).toList();
        this.port = addresses.isEmpty() ? bindAll(port) : bind(addresses, host, port);
    }

    static RouterLine open(String host, int port, Security security, Runnable wake) {
        var zero = new ZeroMq(wake);
        try {
            return new RouterLine(zero, host, port, security);
        } catch (RuntimeException problem) {
            zero.close();
            throw problem;
        }
    }

    private static List<InetAddress> addresses(String host, int port) {
        try {
            return Stream.of(InetAddress.getAllByName(host)).distinct().toList();
        } catch (UnknownHostException unknown) {
            throw unbindable(host, port, "no such host", unknown);
        }
    }

    /** Binds to both families where the machine has both. */
    private int bindAll(int port) {
        try {
            return bound("tcp://*:" + port);
        } catch (ZMQException problem) {
            if (isBusy(failure(new InetSocketAddress(port)))) throw busy(port, problem);
        }
        socket.setIPv6(false);
        try {
            return bound("tcp://*:" + port);
        } catch (ZMQException problem) {
            throw unbindable("*", port, failure(new InetSocketAddress(port)), problem);
        }
    }

    /** Binds to all addresses of a name, all at the same port: localhost may be two. */
    private int bind(List<InetAddress> addresses, String host, int wanted) {
        int port = wanted;
        for (var address : addresses) {
            try {
                port = bound(ZeroMq.endpoint(address, port));
            } catch (ZMQException problem) {
                var why = failure(new InetSocketAddress(address, port));
                throw isBusy(why) ? busy(port, problem) : unbindable(host, port, why, problem);
            }
        }
        return port;
    }

    /** Asks the kernel why an address cannot be bound to: ZeroMQ calls each reason a busy port. */
    private static String failure(InetSocketAddress address) {
        try (var probe = new ServerSocket()) {
            probe.bind(address);
            return IN_USE;
        } catch (IOException problem) {
            return String.valueOf(problem.getMessage());
        }
    }

    private static boolean isBusy(String failure) { return failure.contains(IN_USE); }

    private int bound(String endpoint) {
        socket.bind(endpoint);
        var last = socket.getLastEndpoint();
        return Integer.parseInt(last.substring(last.lastIndexOf(':') + 1));
    }

    private static KatydidException busy(int port, Exception cause) {
        return new KatydidException("The Katydid master port (" + port + ") was busy. Close any other program that uses it, perhaps an old"
            + " master, or choose another port with --master-bind-port.", cause);
    }

    private static KatydidException unbindable(String host, int port, String why, Exception cause) {
        return new KatydidException("The Katydid master cannot listen at " + host + ":" + port + " (" + why
            + "). Give --master-bind-host an address of this machine, or * for all.", cause);
    }

    int port() {
        return port;
    }

    @Override public boolean isUp() { return true; }

    @Override public Sent send(Outgoing message) {
        try {
            if (!socket.send(Identity.bytes(message.clientId()), ZMQ.SNDMORE | ZMQ.DONTWAIT)) return Sent.FULL;
        } catch (ZMQException problem) {
            if (problem.getErrorCode() == ZError.EHOSTUNREACH) return Sent.NOBODY;
            throw problem;
        }
        socket.send(message.frame(), ZMQ.DONTWAIT);
        return Sent.DONE;
    }

    @Override public @Nullable Incoming receive() {
        var identity = socket.recv(ZMQ.DONTWAIT);
        return identity == null ? null : new Incoming(Identity.text(identity), ZeroMq.rest(socket));
    }

    @Override public List<SelectableChannel> wakes() {
        return wakes;
    }

    @Override public void tick() {
        zero.check();
        if (doorkeeper != null) doorkeeper.answer();
    }

    @Override public void close() {
        zero.close();
    }
}
