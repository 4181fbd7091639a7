package io.katydid.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;

/**
 * Stands between a client and a server on loopback and misbehaves as it is told. What it draws comes from a seed, per connection and direction: the same
 * bytes meet the same fate in each run.
 *
 * <pre>{@code
 * try (var server = TargetServer.open(); var proxy = FaultProxy.tcp(server.port(), 42)) {
 *     proxy.faults(Faults.none().resetAfter(10));
 *     … use http://127.0.0.1:proxy.port()
 * }
 * }</pre>
 *
 * <p>Any thread. Closing it closes all its connections.
 */
public abstract sealed class FaultProxy implements AutoCloseable permits TcpProxy, UdpProxy {
    private volatile Faults faults = Faults.none();

    FaultProxy() {}

    /** Opens a proxy for TCP on a free port before a port of 127.0.0.1. */
    public static FaultProxy tcp(int targetPort, long seed) {
        try {
            return new TcpProxy(target(targetPort), seed);
        } catch (IOException problem) {
            throw new UncheckedIOException("No proxy could be opened on 127.0.0.1: " + problem.getMessage(), problem);
        }
    }

    /** Opens a proxy for UDP on a free port before a port of 127.0.0.1; each client's datagrams come from a port of their own. */
    public static FaultProxy udp(int targetPort, long seed) {
        try {
            return new UdpProxy(target(targetPort), seed);
        } catch (IOException problem) {
            throw new UncheckedIOException("No proxy could be opened on 127.0.0.1: " + problem.getMessage(), problem);
        }
    }

    private static InetSocketAddress target(int port) { return new InetSocketAddress("127.0.0.1", port); }

    /** Misbehaves like this from the next bytes on; an {@link IllegalArgumentException} for a fault that the protocol does not know. */
    public FaultProxy faults(Faults next) {
        check(next);
        faults = next;
        return this;
    }

    abstract void check(Faults next);

    final Faults now() { return faults; }

    /** Gives the port it listens on. */
    public abstract int port();

    /** Gives the connections, for UDP the clients, there ever were. */
    public abstract int connections();

    /** Gives the connections, for UDP the clients, that are open now. */
    public abstract int openConnections();

    /** Gives the bytes that were passed on to the server. */
    public abstract long bytesUp();

    /** Gives the bytes that were passed on to clients. */
    public abstract long bytesDown();

    @Override public abstract void close();
}
