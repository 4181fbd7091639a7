package io.katydid.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.function.IntUnaryOperator;

/** Is a way to a port, or to one port after the other, on which the connections there are can be made dead: they stay open, and nothing that is sent arrives any more. */
final class Tunnel implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final IntUnaryOperator targets;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final List<Socket> near = new CopyOnWriteArrayList<>();
    private final List<Socket> far = new CopyOnWriteArrayList<>();
    private volatile int dead;

    Tunnel(int target) throws IOException {
        this(_ -> target);
    }

    /** Leads each connection, by its number from 0, to a port of its own. */
    Tunnel(IntUnaryOperator targets) throws IOException {
        this.targets = targets;
        Thread.ofVirtual().start(this::accept);
    }

    int port() { return server.getLocalPort(); }

    /** Gives how many connections were made so far. */
    int connections() { return near.size(); }

    /** Lets nothing pass on the connections made so far; those made later are whole. */
    void kill() {
        dead = connections();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                var one = server.accept();
                int number = near.size();
                var other = new Socket(InetAddress.getLoopbackAddress(), targets.applyAsInt(number));
                far.add(other);
                near.add(one);
                Thread.ofVirtual().start(() -> pass(number, one, other));
                Thread.ofVirtual().start(() -> pass(number, other, one));
            } catch (IOException ended) {
                // The loop sees whether it was closed.
            }
        }
    }

    private void pass(int number, Socket from, Socket to) {
        try (InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            var bytes = new byte[8192];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                if (number >= dead) out.write(bytes, 0, count);
            }
            // The end of a dead one does not arrive either.
            if (number < dead) closed.await();
        } catch (IOException dropped) {
            // The other direction ends with it.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override public void close() throws IOException {
        closed.countDown();
        server.close();
        for (var socket : near) socket.close();
        for (var socket : far) socket.close();
    }
}
