package io.katydid.testkit;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Misbehaves between UDP clients and their server. */
final class UdpProxy extends FaultProxy {
    private static final int MAX_DATAGRAM = 65_535;
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
    private final InetSocketAddress target;
    private final long seed;
    private final Map<SocketAddress, Client> clients = new ConcurrentHashMap<>();
    private final AtomicInteger connections = new AtomicInteger();
    private final AtomicLong up = new AtomicLong();
    private final AtomicLong down = new AtomicLong();

    UdpProxy(InetSocketAddress target, long seed) throws IOException {
        this.target = target;
        this.seed = seed;
        Thread.ofPlatform().daemon().name("testkit-proxy-" + socket.getLocalPort()).start(this::receive);
    }

    private void receive() {
        while (!socket.isClosed()) {
            try {
                var packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
                socket.receive(packet);
                var client = clients.get(packet.getSocketAddress());
                if (client == null) {
                    client = new Client(packet.getSocketAddress(), seed + 2L * connections.incrementAndGet());
                    clients.put(packet.getSocketAddress(), client);
                    client.start();
                }
                client.toServer.add(packet);
            } catch (IOException closed) {
                // Another client's port may be closed: the next datagram is not the worse for it.
                if (socket.isClosed()) break;
            }
        }
        clients.values().forEach(Client::close);
    }

    @Override void check(Faults next) {
        if (next.resetAfter() != Faults.NEVER || next.halfCloseAfter() != Faults.NEVER)
            throw new IllegalArgumentException("A UDP proxy has no connection to reset or to half-close. Use lose(…) or intoBlackHole().");
    }

    @Override public int port() { return socket.getLocalPort(); }

    @Override public int connections() { return connections.get(); }

    @Override public int openConnections() { return clients.size(); }

    @Override public long bytesUp() { return up.get(); }

    @Override public long bytesDown() { return down.get(); }

    @Override public void close() {
        socket.close();
        clients.values().forEach(Client::close);
        clients.clear();
    }

    private record Datagram(byte[] bytes, long due) {}

    /** Is one client and the socket through which the server sees it. */
    private final class Client {
        final Way toServer;
        private final Way toClient;
        private final DatagramSocket upstream;

        Client(SocketAddress address, long seedOfClient) throws IOException {
            upstream = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"));
            toServer = new Way(upstream, target, seedOfClient, up);
            toClient = new Way(socket, address, seedOfClient + 1, down);
        }

        void start() {
            toServer.start();
            toClient.start();
            Thread.ofVirtual().name("testkit-proxy-reader").start(this::receive);
        }

        private void receive() {
            while (!upstream.isClosed()) {
                try {
                    var packet = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
                    upstream.receive(packet);
                    toClient.add(packet);
                } catch (IOException closed) {
                    // Nobody listens at the target: the client hears nothing, as with a real loss.
                    if (upstream.isClosed()) return;
                }
            }
        }

        void close() {
            upstream.close();
            toServer.stop();
            toClient.stop();
        }
    }

    private final class Way {
        private final DatagramSocket through;
        private final SocketAddress to;
        private final Pace pace;
        private final AtomicLong passed;
        private final LinkedBlockingQueue<Datagram> queue = new LinkedBlockingQueue<>();
        private final Thread writer;

        Way(DatagramSocket through, SocketAddress to, long seed, AtomicLong passed) {
            this.through = through;
            this.to = to;
            this.passed = passed;
            pace = new Pace(seed);
            writer = Thread.ofVirtual().name("testkit-proxy-writer").unstarted(this::write);
        }

        void start() {
            writer.start();
        }

        void stop() {
            writer.interrupt();
        }

        void add(DatagramPacket packet) {
            var faults = now();
            if (faults.blackHole() || pace.loses(faults)) return;
            queue.add(new Datagram(Arrays.copyOf(packet.getData(), packet.getLength()), pace.due(faults)));
        }

        private void write() {
            try {
                while (true) {
                    var next = queue.take();
                    Pace.until(next.due());
                    pace.awaitRoom(now(), next.bytes().length);
                    through.send(new DatagramPacket(next.bytes(), next.bytes().length, to));
                    passed.addAndGet(next.bytes().length);
                }
            } catch (IOException | InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
