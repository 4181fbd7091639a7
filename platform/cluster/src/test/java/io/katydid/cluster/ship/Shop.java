package io.katydid.cluster.ship;

import io.katydid.cluster.wire.CorruptMessage;
import io.katydid.cluster.wire.MasterSocket;
import io.katydid.cluster.wire.Security;
import io.katydid.cluster.wire.WireMessage;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Is a master's port with a depot, or with answers that a test makes up. */
final class Shop implements MasterSocket.Listener, AutoCloseable {
    final List<WireMessage> asked = new CopyOnWriteArrayList<>();
    final List<String> clients = new CopyOnWriteArrayList<>();
    private final AtomicInteger answers = new AtomicInteger();
    private final Depot depot;
    private final MasterSocket socket;
    /** Changes what is answered; null is no answer. */
    volatile UnaryOperator<@Nullable WireMessage> change = message -> message;
    /** Answers the first requests with nothing. */
    volatile int silent;

    Shop(Security security, Goods goods) {
        depot = new Depot(goods, this::answer);
        socket = MasterSocket.bind("127.0.0.1", 0, security, this);
    }

    int port() { return socket.port(); }

    private void answer(String id, String type, @Nullable Object data) {
        if (answers.incrementAndGet() <= silent) return;
        var changed = change.apply(new WireMessage(type, data, id));
        if (changed != null) socket.send(id, changed);
    }

    /** Gives how often pieces were asked for. */
    long pieces() {
        return asked.stream().filter(message -> message.type().equals(Shipping.CHUNK))
            .filter(message -> message.data() instanceof Map<?, ?> map && map.containsKey("sha256")).count();
    }

    @Override public void message(String clientId, WireMessage message) {
        if (message.type().equals("heartbeat")) {
            socket.send(clientId, message);
            return;
        }
        asked.add(message);
        clients.add(clientId);
        if (message.type().equals(Shipping.CHUNK)) depot.chunk(clientId, message.data());
        else depot.script(clientId, message.data());
    }

    /** Gives the message with one entry of its data set to something else. */
    static WireMessage with(WireMessage message, String key, Object value) {
        var data = new java.util.LinkedHashMap<Object, @Nullable Object>((Map<?, ?>) message.data());
        data.put(key, value);
        return new WireMessage(message.type(), data, message.nodeId());
    }

    @Override public void corrupt(String clientId, CorruptMessage why) {
        throw new AssertionError(why);
    }

    @Override public void broken(Exception why) {
        throw new AssertionError(why);
    }

    @Override public void close() {
        socket.close();
        depot.close();
    }
}
