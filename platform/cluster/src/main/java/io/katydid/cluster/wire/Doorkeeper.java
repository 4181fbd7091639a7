package io.katydid.cluster.wire;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.util.Arrays;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZEvent;
import org.zeromq.ZMQ;
import org.zeromq.ZMonitor.ProtocolCode;

/**
 * Lets workers with the token through the master's door and says who was refused. Who has not the token cannot even say hello to the master's key;
 * that the worker's key is right too is asked of this class by ZeroMQ, in its protocol ZAP.
 */
final class Doorkeeper {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    private static final String ZAP = "inproc://zeromq.zap.01";
    private static final String VERSION = "1.0";
    private static final long COMES_AGAIN_NANOS = TimeUnit.SECONDS.toNanos(2);
    private static final long SAID_EVERY_NANOS = TimeUnit.SECONDS.toNanos(5);
    private final ZMQ.Socket requests;
    private final byte[] workersKey;
    /** When each connection that is open began; touched on ZeroMQ's thread. */
    private final Map<SelectableChannel, Long> began = new ConcurrentHashMap<>();
    /** When a worker of each host was let in last. */
    private final Map<String, Long> letIn = new ConcurrentHashMap<>();
    /** The connections that ended without a worker let in; it may come again at once, when ZeroMQ lost the first. */
    private final Queue<Ended> ended = new ConcurrentLinkedQueue<>();
    /** When each kind of refusal was said last. */
    private final Map<String, Long> said = new ConcurrentHashMap<>();

    private record Ended(String host, long began, long ended) {}

    Doorkeeper(ZeroMq zero, ZMQ.Socket door, Security.Token token) {
        var keys = CurveKeys.master(token);
        workersKey = CurveKeys.worker(token).publicKey();
        requests = zero.socket(SocketType.REP, false);
        requests.bind(ZAP);
        door.setCurveServer(true);
        door.setCurvePublicKey(keys.publicKey());
        door.setCurveSecretKey(keys.secretKey());
        door.setEventHook(this::heard,
            zmq.ZMQ.ZMQ_EVENT_ACCEPTED | zmq.ZMQ.ZMQ_EVENT_DISCONNECTED | zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_FAILED_PROTOCOL);
    }

    SelectableChannel wakes() {
        return ZeroMq.channel(requests);
    }

    /** Answers who asks to be let in. */
    void answer() {
        sayEnded();
        for (var version = requests.recv(ZMQ.DONTWAIT); version != null; version = requests.recv(ZMQ.DONTWAIT)) {
            var frames = ZeroMq.rest(requests);
            boolean known = frames.size() >= 6 && new String(frames.get(4), ZMQ.CHARSET).equals("CURVE") && Arrays.equals(frames.get(5),
                workersKey);
            var host = frames.size() > 2 ? new String(frames.get(2), ZMQ.CHARSET) : "";
            if (known) {
                letIn.put(host, System.nanoTime());
            } else {
                say("key", "A node at " + host + " was refused: it knows the master's key, but has not the key of workers."
                    + " Start it with the cluster token of this master.");
            }
            requests.sendMore(VERSION);
            requests.sendMore(frames.isEmpty() ? new byte[0] : frames.get(0));
            requests.sendMore(known ? "200" : "400");
            requests.sendMore("");
            requests.sendMore("");
            requests.send(new byte[0]);
        }
    }

    /** Says which connections ended without a worker of that host having been let in since they began. */
    private void sayEnded() {
        for (var next = ended.peek(); next != null && System.nanoTime() - next.ended() > COMES_AGAIN_NANOS; next = ended.peek()) {
            ended.remove();
            var last = letIn.get(next.host());
            if (last != null && last - next.began() >= 0) continue;
            say("unshown", "A connection from " + next.host() + " ended before it showed the cluster token: it has none, has another, or is"
                + " no worker. Start workers with the token of this master.");
        }
    }

    private void heard(ZEvent event) {
        switch (event.getEvent()) {
            case ACCEPTED -> began.put(event.getValue(), System.nanoTime());
            case HANDSHAKE_FAILED_PROTOCOL -> {
                ProtocolCode code = event.getValue();
                if (code == ProtocolCode.ZMQ_PROTOCOL_ERROR_ZMTP_CRYPTOGRAPHIC)
                    say("token", "A node was refused: its cluster token is another than this master's."
                        + " Start it with the same.");
            }
            case DISCONNECTED -> ended(event.getValue());
            default -> LOG.debug("Not asked for: {}", event);
        }
    }

    private void ended(SelectableChannel connection) {
        var since = began.remove(connection);
        if (since == null || !(connection instanceof SocketChannel channel)) return;
        try {
            if (!(channel.getRemoteAddress() instanceof InetSocketAddress peer)) return;
            ended.add(new Ended(peer.getAddress().getHostAddress(), since, System.nanoTime()));
        } catch (IOException gone) {
            LOG.debug("A connection ended whose other side is not known any more", gone);
        }
    }

    /** Says it, but not to whoever knocks a thousand times. */
    private void say(String kind, String text) {
        long now = System.nanoTime();
        var last = said.get(kind);
        if (last == null || now - last >= SAID_EVERY_NANOS) {
            said.put(kind, now);
            LOG.warn(text);
        } else {
            LOG.debug(text);
        }
    }
}
