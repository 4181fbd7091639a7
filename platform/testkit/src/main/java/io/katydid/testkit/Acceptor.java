package io.katydid.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** Listens on a free port of 127.0.0.1 and keeps the connections that are open, until it is closed and they with it. Any thread. */
final class Acceptor<C> implements AutoCloseable {
    private static final int BACKLOG = 1000;
    private final ServerSocket socket;
    private final Thread accepting;
    private final Connecting<C> connecting;
    private final Consumer<C> starting;
    private final Consumer<C> closing;
    private final Set<C> open = ConcurrentHashMap.newKeySet();

    /** Makes a connection of a socket. */
    interface Connecting<C> {
        C connect(Socket socket) throws IOException;
    }

    /** Opens the port; nobody is let in before {@link #start}. */
    Acceptor(String thread, Connecting<C> connecting, Consumer<C> starting, Consumer<C> closing) {
        this.connecting = connecting;
        this.starting = starting;
        this.closing = closing;
        try {
            socket = new ServerSocket(0, BACKLOG, InetAddress.getByName("127.0.0.1"));
        } catch (IOException problem) {
            throw new UncheckedIOException("No server could be opened on 127.0.0.1: " + problem.getMessage(), problem);
        }
        accepting = Thread.ofPlatform().daemon().name(thread + "-" + port()).unstarted(this::accept);
    }

    void start() {
        accepting.start();
    }

    int port() { return socket.getLocalPort(); }

    int count() { return open.size(); }

    Stream<C> connections() { return open.stream(); }

    void ended(C connection) {
        open.remove(connection);
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                var connection = connecting.connect(socket.accept());
                open.add(connection);
                starting.accept(connection);
                // Closed between accept and add: nobody else would close this one.
                if (socket.isClosed()) closing.accept(connection);
            } catch (IOException closed) {
                if (!socket.isClosed()) throw new UncheckedIOException(closed);
            }
        }
    }

    @Override public void close() {
        try {
            socket.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
        // Until it has noticed, the kernel lets clients in.
        Await.until("the server accepts no more", () -> !accepting.isAlive());
        open.forEach(closing);
    }
}
