package io.katydid.cluster.wire;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.SelectableChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.SocketType;
import org.zeromq.ZMQ;

/**
 * Is a worker's socket: a DEALER with the client id as its name. It gives ZeroMQ messages only while the master is connected, so that none is lost when
 * another address of the master is tried; a name is looked up again while it is not.
 */
final class DealerLine implements Line {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(2);
    /** A connection that is not greeted by then is nudged, and again each time it has waited twice as long. */
    private static final long NUDGE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    /**
     * Is long, for to connect again has a price: where the master greets the older connection after the newer one, it hands the name over to the older
     * one, and what was sent through the other is lost.
     */
    private static final long GREETING_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final long GREETING_AT_MOST_NANOS = TimeUnit.SECONDS.toNanos(10);
    /** A name of two addresses is worth trying both soon. */
    private static final long REFUSED_NANOS = TimeUnit.MILLISECONDS.toNanos(150);
    private final ZeroMq zero;
    private final String host;
    private final int port;
    private final String clientId;
    private final Security security;
    private final Runnable wake;
    private List<InetAddress> addresses = List.of();
    private int tried;
    private long begun;
    /** Grows with each try, for a master that is far away. */
    private long greetingNanos = GREETING_NANOS;
    private long nudgeNanos = NUDGE_NANOS;
    private ZMQ.Socket socket;
    private Link link;

    private DealerLine(ZeroMq zero, String host, int port, String clientId, Security security, Runnable wake) {
        this.zero = zero;
        this.host = host;
        this.port = port;
        this.clientId = clientId;
        this.security = security;
        this.wake = wake;
        addresses = resolve();
        link = new Link(name(), security, wake);
        socket = connect();
    }

    static DealerLine open(String host, int port, String clientId, Security security, Runnable wake) {
        var zero = new ZeroMq(wake);
        try {
            return new DealerLine(zero, host, port, clientId, security, wake);
        } catch (RuntimeException problem) {
            zero.close();
            throw problem;
        }
    }

    private List<InetAddress> resolve() {
        try {
            // IPv6 first, as the reference has it where a name has both.
            return Stream.of(InetAddress.getAllByName(host)).distinct()
                .sorted((one, other) -> Boolean.compare(other instanceof Inet6Address, one instanceof Inet6Address)).toList();
        } catch (UnknownHostException unknown) {
            LOG.debug("The master's name '{}' has no address yet: {}", host, unknown.toString());
            return List.of();
        }
    }

    private ZMQ.Socket connect() {
        begun = System.nanoTime();
        var address = addresses.isEmpty() ? null : addresses.get(tried % addresses.size());
        var made = zero.socket(SocketType.DEALER, address instanceof Inet6Address);
        made.setIdentity(clientId.getBytes(StandardCharsets.UTF_8));
        if (security instanceof Security.Token token) {
            var keys = CurveKeys.worker(token);
            made.setCurveServerKey(CurveKeys.master(token).publicKey());
            made.setCurvePublicKey(keys.publicKey());
            made.setCurveSecretKey(keys.secretKey());
        }
        made.setEventHook(link, Link.EVENTS);
        if (address != null) made.connect(ZeroMq.endpoint(address, port));
        return made;
    }

    private String name() { return host + ":" + port; }

    @Override public boolean isUp() { return link.isUp(); }

    @Override public Sent send(Outgoing message) {
        return socket.send(message.frame(), ZMQ.DONTWAIT) ? Sent.DONE : Sent.FULL;
    }

    @Override public @Nullable Incoming receive() {
        var frame = socket.recv(ZMQ.DONTWAIT);
        if (frame == null) return null;
        link.heard();
        var rest = ZeroMq.rest(socket);
        return new Incoming("the master", Stream.concat(Stream.of(frame), rest.stream()).toList());
    }

    @Override public List<SelectableChannel> wakes() {
        return List.of(ZeroMq.channel(socket));
    }

    /** Tries the next address when this one does not answer; begins anew when ZeroMQ has given the connection up, as it does after a refusal. */
    @Override public void tick() {
        zero.check();
        long waited = System.nanoTime() - begun;
        if (link.isUp()) {
            begun = System.nanoTime();
            greetingNanos = GREETING_NANOS;
            nudgeNanos = NUDGE_NANOS;
        } else if (link.isConnected()) {
            awaitGreeting(link.connectedNanos());
        } else {
            nudgeNanos = NUDGE_NANOS;
            if (waited > PATIENCE_NANOS || waited > REFUSED_NANOS && link.isRefused() && tried + 1 < addresses.size()) next();
        }
    }

    private void awaitGreeting(long waited) {
        if (waited > greetingNanos) {
            again();
        } else if (waited > nudgeNanos) {
            nudgeNanos = 2 * waited;
            zero.nudge();
        }
    }

    /** Connects to the same address again: it was reached, but not greeted. */
    private void again() {
        greetingNanos = Math.min(GREETING_AT_MOST_NANOS, 2 * greetingNanos);
        LOG.debug("The master at {} was reached, but there was no greeting; it is connected to again.", name());
        replace();
    }

    private void next() {
        begun = System.nanoTime();
        var now = resolve();
        // ZeroMQ goes on by itself, and there is no other address.
        if (link.isTrying() && now.size() < 2 && now.equals(addresses)) return;
        addresses = now;
        tried++;
        replace();
    }

    private void replace() {
        nudgeNanos = NUDGE_NANOS;
        link.end();
        socket.setLinger(0);
        socket.close();
        link = new Link(name(), security, wake, link);
        socket = connect();
    }

    @Override public void close() {
        link.end();
        zero.close();
    }
}
