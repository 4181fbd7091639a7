package io.katydid.cluster;

import io.katydid.cluster.wire.CorruptMessage;
import io.katydid.cluster.wire.MasterSocket;
import io.katydid.cluster.wire.Security;
import io.katydid.cluster.wire.WireMessage;
import io.katydid.kernel.EnvironmentBuilder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Speaks the wire as a foreign master does, and keeps what its workers send. It answers greetings, unless it is silent, and nothing else. */
final class RawMaster implements MasterSocket.Listener, AutoCloseable {
    final List<WireMessage> heard = new CopyOnWriteArrayList<>();
    private final MasterSocket socket = MasterSocket.bind("127.0.0.1", 0, Security.open(), this);
    private volatile boolean silent;
    private double lastTimestamp = 1000;

    void silent(boolean on) {
        silent = on;
    }

    int port() { return socket.port(); }

    /** Makes a worker of this master. */
    Cluster.Member worker(EnvironmentBuilder builder, Pace pace) {
        var worker = new Cluster.Member(builder, pace);
        worker.environment.createWorkerRunner("127.0.0.1", port());
        worker.environment.init();
        return worker;
    }

    /** Sends a message to all that were heard of. */
    void send(String type, @Nullable Object data) {
        heard.stream().map(WireMessage::nodeId).distinct().forEach(id -> socket.send(id, new WireMessage(type, data, id)));
    }

    /** Orders users, with more fields. */
    void spawn(Map<String, Integer> users, Map<String, ? extends @Nullable Object> more) {
        var order = new LinkedHashMap<String, @Nullable Object>();
        order.put("timestamp", lastTimestamp += 1);
        var counts = new LinkedHashMap<String, Long>();
        users.forEach((name, count) -> counts.put(name, (long) count));
        order.put("user_classes_count", counts);
        order.put("host", null);
        order.put("stop_timeout", 0.0);
        order.put("parsed_options", Map.of());
        order.putAll(more);
        send("spawn", order);
    }

    void spawn(Map<String, Integer> users) {
        spawn(users, Map.of());
    }

    /** Orders users and waits until the worker says that they are there. */
    void spawned(Map<String, Integer> users) {
        int before = of("spawning_complete").size();
        spawn(users);
        await("spawning_complete", before + 1);
    }

    @Override public void message(String clientId, WireMessage message) {
        heard.add(message);
        if (message.type().equals("client_ready") && !silent) socket.send(clientId, new WireMessage("ack", Map.of("index", 4L), clientId));
    }

    /** Gives the messages of a type so far. */
    List<WireMessage> of(String type) {
        return heard.stream().filter(message -> message.type().equals(type)).toList();
    }

    /** Gives the types of the messages so far, without those that come by the clock. */
    List<String> types() {
        return heard.stream().map(WireMessage::type).filter(type -> !List.of("heartbeat", "stats", "logs").contains(type)).toList();
    }

    /** Waits for the messages of a type and gives the one with this number, from 1. */
    WireMessage await(String type, int number) {
        Cluster.await("message " + number + " of type " + type, () -> of(type).size() >= number);
        return of(type).get(number - 1);
    }

    @Override public void corrupt(String clientId, CorruptMessage why) {
        heard.add(new WireMessage("corrupt", why.getMessage(), clientId));
    }

    @Override public void broken(Exception why) {
        heard.add(new WireMessage("broken", String.valueOf(why), ""));
    }

    @Override public void close() {
        socket.close();
    }
}
