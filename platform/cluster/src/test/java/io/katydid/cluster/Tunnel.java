package io.katydid.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Is a way to a port on which the connections there are can be made dead: they stay open, and nothing that is sent arrives any more. */
final class Tunnel implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final List<Socket> near = new CopyOnWriteArrayList<>();
    private final List<Socket> far = new CopyOnWriteArrayList<>();
    private volatile int dead;

    Tunnel(int target) throws IOException {
        this.target = target;
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
                var other = new Socket(InetAddress.getLoopbackAddress(), target);
                int number = near.size();
                far.add(other);
                near.add(one);
                Thread.ofVirtual().start(() -> pass(number, one, other));
                Thread.ofVirtual().start(() -> pass(number, other, one));
            } catch (IOException closed) {
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
            while (number < dead && !server.isClosed()) Thread.sleep(50);
        } catch (IOException dropped) {
            // The other direction ends with it.
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override public void close() throws IOException {
        server.close();
        for (var socket : near) socket.close();
        for (var socket : far) socket.close();
    }
}
