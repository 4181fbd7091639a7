package io.katydid.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** Is a line between a worker and its master that can be cut: nothing passes, and then what was under way is lost with its connections. */
final class Relay implements AutoCloseable {
    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final int target;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition mended = lock.newCondition();
    private boolean cut;

    Relay(int target) throws IOException {
        this.target = target;
        Thread.ofVirtual().start(this::accept);
    }

    int port() { return server.getLocalPort(); }

    private void accept() {
        while (true) {
            try {
                var near = server.accept();
                awaitWhole();
                var far = new Socket(InetAddress.getLoopbackAddress(), target);
                open.addAll(List.of(near, far));
                Thread.ofVirtual().start(() -> pass(near, far));
                Thread.ofVirtual().start(() -> pass(far, near));
            } catch (IOException problem) {
                if (server.isClosed()) return;
            }
        }
    }

    private void pass(Socket from, Socket to) {
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            var bytes = new byte[8192];
            for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
                awaitWhole();
                out.write(bytes, 0, count);
            }
        } catch (IOException dropped) {
            // The other direction ends with it.
        }
    }

    private void awaitWhole() {
        lock.lock();
        try {
            while (cut) mended.awaitUninterruptibly();
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing pass from now on; both ends see their connections go on. */
    void cut() {
        lock.lock();
        cut = true;
        lock.unlock();
    }

    /** Drops the connections there are, and lets new ones pass. */
    void mend() throws IOException {
        for (var socket : open) socket.close();
        open.clear();
        lock.lock();
        cut = false;
        mended.signalAll();
        lock.unlock();
    }

    @Override public void close() throws IOException {
        server.close();
        mend();
    }
}
