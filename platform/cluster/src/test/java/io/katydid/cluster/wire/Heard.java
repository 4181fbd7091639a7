package io.katydid.cluster.wire;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Keeps what a socket told; listens for a master and for a worker. */
class Heard implements MasterSocket.Listener, WorkerSocket.Listener {
    static final Duration SOON = Duration.ofSeconds(20);

    record Message(String clientId, WireMessage message) {}

    record Corrupt(String clientId, String why) {}

    final List<Message> messages = new CopyOnWriteArrayList<>();
    final List<Corrupt> corrupt = new CopyOnWriteArrayList<>();
    final List<Exception> broken = new CopyOnWriteArrayList<>();

    @Override public void message(String clientId, WireMessage message) {
        messages.add(new Message(clientId, message));
    }

    @Override public void message(WireMessage message) {
        message("", message);
    }

    @Override public void corrupt(String clientId, CorruptMessage why) {
        corrupt.add(new Corrupt(clientId, why.getMessage()));
    }

    @Override public void corrupt(CorruptMessage why) {
        corrupt("", why);
    }

    @Override public void broken(Exception why) {
        broken.add(why);
    }

    List<String> types() {
        return messages.stream().map(message -> message.message().type()).toList();
    }

    List<String> clients() {
        return messages.stream().map(Message::clientId).distinct().sorted().toList();
    }

    /** Waits until so many messages came in all. */
    void await(int count) {
        Awaitility.await("message " + count).atMost(SOON).pollInterval(Duration.ofMillis(5)).until(() -> messages.size() >= count);
    }
}
