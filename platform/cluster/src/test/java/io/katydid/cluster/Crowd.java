package io.katydid.cluster;

import io.katydid.cluster.wire.Codec;
import io.katydid.cluster.wire.CorruptMessage;
import io.katydid.cluster.wire.WireMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * Plays many workers of the reference on one thread: each greets, sends heartbeats, has the users it is told to have, reports that each of them made one request
 * since the last report, and stops.
 */
final class Crowd implements AutoCloseable {
    private static final int HEARTBEAT_MILLIS = 1_000;
    private static final int REPORT_MILLIS = 3_000;
    final AtomicInteger greeted = new AtomicInteger();
    final AtomicInteger reports = new AtomicInteger();
    private final ZContext context = new ZContext(1);
    private final List<One> all = new ArrayList<>();
    private final Thread thread;
    private volatile boolean closing;

    /** Is one worker. */
    private static final class One {
        private final String id;
        private final ZMQ.Socket socket;
        private boolean greeted;
        private String state = "ready";
        private Map<String, Long> users = Map.of();

        One(String id, ZMQ.Socket socket) {
            this.id = id;
            this.socket = socket;
        }

        void send(String type, @Nullable Object data) {
            socket.send(Codec.encode(new WireMessage(type, data, id)), ZMQ.DONTWAIT);
        }
    }

    Crowd(int workers, int port) {
        context.getContext().setMaxSockets(workers + 8);
        for (int i = 0; i < workers; i++) {
            var socket = context.createSocket(SocketType.DEALER);
            // JeroMQ may forget to greet; it notices after this.
            socket.setHandshakeIvl(1_000);
            socket.setLinger(0);
            var id = "crowd" + i % 10 + "_" + i;
            socket.setIdentity(id.getBytes(StandardCharsets.UTF_8));
            socket.connect("tcp://127.0.0.1:" + port);
            all.add(new One(id, socket));
        }
        thread = Thread.ofPlatform().daemon().name("crowd").start(this::run);
    }

    private void run() {
        all.forEach(one -> one.send("client_ready", -1L));
        long beat = System.currentTimeMillis() + HEARTBEAT_MILLIS;
        long report = System.currentTimeMillis() + REPORT_MILLIS;
        var poller = context.createPoller(all.size());
        all.forEach(one -> poller.register(one.socket, ZMQ.Poller.POLLIN));
        while (!closing) {
            poller.poll(50);
            all.forEach(this::takeAll);
            long now = System.currentTimeMillis();
            if (now >= beat) {
                all.stream().filter(one -> one.greeted).forEach(one -> one.send("heartbeat",
                    Map.of("state", one.state, "current_cpu_usage", 1.0, "current_memory_usage", 1L)));
                beat = now + HEARTBEAT_MILLIS;
            }
            if (now >= report) {
                all.stream().filter(one -> one.greeted).forEach(this::report);
                report = now + REPORT_MILLIS;
            }
        }
        poller.close();
        context.close();
    }

    private void takeAll(One one) {
        for (var frame = one.socket.recv(ZMQ.DONTWAIT); frame != null; frame = one.socket.recv(ZMQ.DONTWAIT)) {
            try {
                take(one, Codec.decode(frame));
            } catch (CorruptMessage impossible) {
                throw new AssertionError(impossible);
            }
        }
    }

    private void take(One one, WireMessage message) {
        switch (message.type()) {
            case "ack" -> {
                if (!one.greeted) greeted.incrementAndGet();
                one.greeted = true;
            }
            case "spawn" -> {
                var users = new TreeMap<String, Long>();
                Said.of(message.data()).counts("user_classes_count").orElseThrow().forEach((name, count) -> users.put(name, (long) count));
                one.users = users;
                one.state = "running";
                one.send("spawning", null);
                one.send("spawning_complete", Map.of("user_classes_count", users, "user_count", count(one)));
            }
            case "stop" -> {
                one.users = Map.of();
                one.state = "ready";
                one.send("client_stopped", null);
                one.send("client_ready", -1L);
            }
            case "quit" -> one.send("quit", null);
            default -> {
            }
        }
    }

    private static long count(One one) { return one.users.values().stream().mapToLong(Long::longValue).sum(); }

    private void report(One one) {
        reports.incrementAndGet();
        one.send("stats", Stats.of("/", (int) count(one), count(one)));
    }

    @Override public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
