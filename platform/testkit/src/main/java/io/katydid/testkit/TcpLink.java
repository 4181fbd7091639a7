package io.katydid.testkit;

import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Is one connection through the TCP proxy: in each direction a thread that reads and one that writes when it is time. */
final class TcpLink {
    private static final int SLICE = 1024;
    private final TcpProxy proxy;
    private final Socket client;
    private final Socket server;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicInteger directions = new AtomicInteger(2);
    private final Direction up;
    private final Direction down;

    TcpLink(TcpProxy proxy, Socket client, Socket server, long seed) throws IOException {
        this.proxy = proxy;
        this.client = client;
        this.server = server;
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        up = new Direction(client, server, false, seed, proxy.up);
        down = new Direction(server, client, true, seed + 1, proxy.down);
    }

    void start() {
        up.start();
        down.start();
    }

    private void directionEnded() {
        if (directions.decrementAndGet() == 0) close();
    }

    private void reset() throws IOException {
        client.setSoLinger(true, 0);
        close();
    }

    void close() {
        if (!closed.compareAndSet(false, true)) return;
        // First: stopping a thread that reads closes its socket, and who sees that may ask the proxy at once.
        proxy.ended(this);
        up.stop();
        down.stop();
        for (var socket : List.of(client, server)) {
            try {
                socket.close();
            } catch (IOException gone) {
                // Reset by its other end: closed all the same.
            }
        }
    }

    /** Is a piece of the stream; an empty one is its end. */
    private record Piece(byte[] bytes, long due) {}

    private final class Direction {
        private final Socket from;
        private final Socket to;
        private final boolean toClient;
        private final Pace pace;
        private final AtomicLong passed;
        private final BlockingQueue<Piece> queue = new ArrayBlockingQueue<>(64);
        private final Thread reader;
        private final Thread writer;
        private long sent;

        Direction(Socket from, Socket to, boolean toClient, long seed, AtomicLong passed) {
            this.from = from;
            this.to = to;
            this.toClient = toClient;
            this.passed = passed;
            pace = new Pace(seed);
            reader = Thread.ofVirtual().name("testkit-proxy-reader").unstarted(this::read);
            writer = Thread.ofVirtual().name("testkit-proxy-writer").unstarted(this::write);
        }

        void start() {
            reader.start();
            writer.start();
        }

        void stop() {
            reader.interrupt();
            writer.interrupt();
        }

        private void read() {
            var buffer = new byte[16 * SLICE];
            try {
                int count;
                while ((count = from.getInputStream().read(buffer)) > 0) {
                    var faults = proxy.now();
                    if (!faults.blackHole()) queue.put(new Piece(Arrays.copyOf(buffer, count), pace.due(faults)));
                }
                queue.put(new Piece(new byte[0], pace.due(proxy.now())));
            } catch (IOException | InterruptedException gone) {
                close();
            }
        }

        private void write() {
            try {
                for (var piece = queue.take(); piece.bytes().length > 0; piece = queue.take()) {
                    Pace.until(piece.due());
                    if (!pass(piece.bytes())) break;
                }
                if (!to.isClosed()) to.shutdownOutput();
                directionEnded();
            } catch (IOException | InterruptedException gone) {
                close();
            }
        }

        /** Passes bytes on; false when the stream ends with them. */
        private boolean pass(byte[] bytes) throws IOException, InterruptedException {
            for (int at = 0; at < bytes.length;) {
                var faults = proxy.now();
                if (faults.blackHole()) return true;
                long room = toClient ? Math.min(faults.resetAfter(), faults.halfCloseAfter()) - sent : Long.MAX_VALUE;
                int count = (int) Math.min(Math.min(SLICE, bytes.length - at), Math.max(0, room));
                if (count > 0) {
                    pace.awaitRoom(faults, count);
                    to.getOutputStream().write(bytes, at, count);
                    sent += count;
                    at += count;
                    passed.addAndGet(count);
                }
                if (toClient && sent >= faults.resetAfter()) {
                    reset();
                    return false;
                }
                if (toClient && sent >= faults.halfCloseAfter()) return false;
            }
            return true;
        }
    }
}
