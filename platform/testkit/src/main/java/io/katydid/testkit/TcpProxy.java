package io.katydid.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Misbehaves between TCP clients and their server. */
final class TcpProxy extends FaultProxy {
    private final ServerSocket socket = new ServerSocket(0, 1000, InetAddress.getByName("127.0.0.1"));
    private final Thread accepting;
    private final InetSocketAddress target;
    private final long seed;
    private final Set<TcpLink> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger connections = new AtomicInteger();
    final AtomicLong up = new AtomicLong();
    final AtomicLong down = new AtomicLong();

    TcpProxy(InetSocketAddress target, long seed) throws IOException {
        this.target = target;
        this.seed = seed;
        accepting = Thread.ofPlatform().daemon().name("testkit-proxy-" + socket.getLocalPort()).start(this::accept);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                connect(socket.accept());
            } catch (IOException closed) {
                if (!socket.isClosed()) throw new UncheckedIOException(closed);
            }
        }
    }

    private void connect(Socket client) throws IOException {
        int number = connections.incrementAndGet();
        var server = new Socket();
        try {
            server.connect(target);
        } catch (IOException refused) {
            // As without a proxy: the client is told at once.
            client.setSoLinger(true, 0);
            client.close();
            server.close();
            return;
        }
        var link = new TcpLink(this, client, server, seed + 2L * number);
        open.add(link);
        link.start();
        if (socket.isClosed()) link.close();
    }

    void ended(TcpLink link) {
        open.remove(link);
    }

    @Override void check(Faults next) {
        if (next.loss() > 0)
            throw new IllegalArgumentException(
                "A TCP proxy cannot lose " + next.loss() + " of its bytes: TCP sends them again. Use delay, or UDP.");
    }

    @Override public int port() { return socket.getLocalPort(); }

    @Override public int connections() { return connections.get(); }

    @Override public int openConnections() { return open.size(); }

    @Override public long bytesUp() { return up.get(); }

    @Override public long bytesDown() { return down.get(); }

    @Override public void close() {
        try {
            socket.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        // Until it has noticed, the kernel lets clients in.
        Await.until("the proxy accepts no more", () -> !accepting.isAlive());
        open.forEach(TcpLink::close);
    }
}
