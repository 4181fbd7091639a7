package io.katydid.cluster;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Is a port whose first connection leads to one listener, and each later one to another. */
final class Doors implements AutoCloseable {
    private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger opened = new AtomicInteger();
    private final int first;
    private final int later;

    Doors(int first, int later) throws IOException {
        this.first = first;
        this.later = later;
        Thread.ofVirtual().start(this::accept);
    }

    int port() { return listening.getLocalPort(); }

    /** Gives how many connections were made. */
    int opened() { return opened.get(); }

    private void accept() {
        try {
            while (true) {
                var in = listening.accept();
                var out = new Socket(InetAddress.getLoopbackAddress(), opened.getAndIncrement() == 0 ? first : later);
                open.addAll(List.of(in, out));
                Thread.ofVirtual().start(() -> carry(in, out));
                Thread.ofVirtual().start(() -> carry(out, in));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private static void carry(Socket from, Socket to) {
        try (from; to) {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException closed) {
            // Either end has closed its connection.
        }
    }

    @Override public void close() throws IOException {
        listening.close();
        for (var socket : open) socket.close();
    }
}
