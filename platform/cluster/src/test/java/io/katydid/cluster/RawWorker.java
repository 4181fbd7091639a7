package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.cluster.wire.CorruptMessage;
import io.katydid.cluster.wire.Security;
import io.katydid.cluster.wire.WireMessage;
import io.katydid.cluster.wire.WorkerSocket;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Speaks the wire as a foreign worker does, and keeps what its master sends. It does nothing by itself, or what it is told to. */
final class RawWorker implements WorkerSocket.Listener, AutoCloseable {
    final String id;
    final List<WireMessage> heard = new CopyOnWriteArrayList<>();
    private final boolean obeys;
    private final WorkerSocket socket;

    private RawWorker(int port, String id, boolean obeys) {
        this.id = id;
        this.obeys = obeys;
        socket = WorkerSocket.connect("127.0.0.1", port, id, Security.open(), this);
    }

    /** Makes one that says only what a test lets it say. */
    static RawWorker connect(int port, String id) {
        return new RawWorker(port, id, false);
    }

    /** Makes one that is known to its master. */
    static RawWorker ready(int port, String id) { return connect(port, id).greet(); }

    /** Makes one that is known to its master and says that it has done what it is told to. */
    static RawWorker obedient(int port, String id) {
        return new RawWorker(port, id, true).greet();
    }

    /** Greets until it is answered, each time after five seconds, and each second time over a new connection, as workers do. */
    RawWorker greet() {
        int before = of("ack").size();
        for (int greeting = 0; greeting < 4 && of("ack").size() == before; greeting++) {
            send("client_ready", -1L);
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
            while (of("ack").size() == before && System.nanoTime() < end) LockSupport.parkNanos(1_000_000);
            if (greeting % 2 == 1 && of("ack").size() == before) socket.reconnect();
        }
        await("ack", before + 1);
        return this;
    }

    void beat(String state) { beat(state, 1.5); }

    void beat(String state, double cpuPercent) {
        send("heartbeat", Map.of("state", state, "current_cpu_usage", cpuPercent, "current_memory_usage", 1000L));
    }

    void send(String type, @Nullable Object data) {
        socket.send(new WireMessage(type, data, id));
    }

    @Override public void message(WireMessage message) {
        if (obeys) obey(message);
        heard.add(message);
    }

    private void obey(WireMessage message) {
        switch (message.type()) {
            case "spawn" -> {
                send("spawning", null);
                has(counts(message));
            }
            case "stop" -> {
                send("client_stopped", null);
                send("client_ready", -1L);
            }
            case "quit" -> send("quit", null);
            default -> {}
        }
    }

    /** Says that it has these users. */
    void has(Map<String, Long> counts) {
        send("spawning_complete",
            Map.of("user_classes_count", counts, "user_count", counts.values().stream().mapToLong(Long::longValue).sum()));
    }

    /** Gives the messages of a type so far. */
    List<WireMessage> of(String type) {
        return heard.stream().filter(message -> message.type().equals(type)).toList();
    }

    List<String> types() {
        return heard.stream().map(WireMessage::type).toList();
    }

    /** Waits for the messages of a type and gives the one with this number, from 1. */
    WireMessage await(String type, int number) {
        Cluster.await("message " + number + " of type " + type + " at " + id, () -> of(type).size() >= number);
        return of(type).get(number - 1);
    }

    /** Gives the users per class of each order so far. */
    List<Map<String, Long>> orders() {
        return of("spawn").stream().map(RawWorker::counts).toList();
    }

    /** Waits until the last order says these users in all. */
    void awaitOrdered(int users) {
        Cluster.await(id + " is to have " + users + " users, and its orders are " + orders(), () -> {
            var orders = orders();
            return !orders.isEmpty() && orders.getLast().values().stream().mapToLong(Long::longValue).sum() == users;
        });
    }

    @SuppressWarnings("unchecked") static Map<String, @Nullable Object> map(WireMessage message) {
        assertThat(message.data()).isInstanceOf(Map.class);
        return (Map<String, @Nullable Object>) message.data();
    }

    @SuppressWarnings("unchecked") private static Map<String, Long> counts(WireMessage order) {
        return (Map<String, Long>) Objects.requireNonNull(map(order).get("user_classes_count"));
    }

    @Override public void corrupt(CorruptMessage why) {
        heard.add(new WireMessage("corrupt", why.getMessage(), id));
    }

    @Override public void broken(Exception why) {
        heard.add(new WireMessage("broken", String.valueOf(why), id));
    }

    @Override public void close() {
        socket.close();
    }
}
