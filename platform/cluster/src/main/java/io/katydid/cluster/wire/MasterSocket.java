package io.katydid.cluster.wire;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Is the master's end of the wire: a ZeroMQ ROUTER that workers connect to, with one thread of its own and one of ZeroMQ, however many workers there are.
 *
 * <p>Of two workers with the same client id the one that came last has it; the other's connection is closed. Messages for a worker that does not read
 * are dropped once {@value Limits#WAITING_PER_PEER} wait for it, with a line in the log; a worker whose messages are not taken is not read from.
 * When the socket breaks, the listener is told and the port is bound again after five seconds; messages wait for that.
 */
public final class MasterSocket implements AutoCloseable {

    /** Hears what workers send. Is called on the socket's thread, one call after the other; what it throws is logged and ends nothing. */
    public interface Listener {

        /** Takes a message; the client id is the name of the connection, whatever node id the message has. */
        void message(String clientId, WireMessage message);

        /** Hears that a worker sent what is no message. */
        void corrupt(String clientId, CorruptMessage why);

        /** Hears that the socket broke; it repairs itself. */
        void broken(Exception why);
    }

    private final Owner owner;
    private final AtomicInteger port;

    private MasterSocket(String host, int port, Security security, Listener listener) {
        this.port = new AtomicInteger(port);
        owner = new Owner("katydid-master-socket", wake -> {
            var line = RouterLine.open(host, this.port.get(), security, wake);
            // Any free port is the same one when the socket is bound again.
            this.port.set(line.port());
            return line;
        }, false, Timing.REFERENCE, events(listener));
    }

    /**
     * Listens at a host, {@code *} for all addresses of both families, and a port, 0 for any that is free.
     *
     * @throws io.katydid.api.KatydidException when the port is busy or the host is not of this machine
     */
    public static MasterSocket bind(String host, int port, Security security, Listener listener) {
        var socket = new MasterSocket(host, port, security, listener);
        socket.owner.start();
        return socket;
    }

    static Owner.Events events(Listener listener) {
        return new Owner.Events() {
            @Override public void received(Incoming incoming) {
                var id = incoming.clientId();
                incoming.open(message -> listener.message(id, message), why -> listener.corrupt(id, why));
            }

            @Override public void broken(Exception why) {
                listener.broken(why);
            }
        };
    }

    /** Gives the port it listens at. */
    public int port() {
        return port.get();
    }

    /**
     * Gives for how long it has been at one message; zero when it is at none. One of millions of values takes seconds, and what other workers have sent waits for it.
     */
    public Duration takingFor() {
        return owner.takingFor();
    }

    /**
     * Sends a message to the worker that has the client id; never waits, and may be called from any thread. Nobody there is a line in the log at debug.
     *
     * @throws io.katydid.api.KatydidException for a message that has no form on the wire
     */
    public void send(String clientId, WireMessage message) {
        owner.send(new Outgoing(clientId, Codec.encode(message)));
    }

    /** Sends what was given before, as far as workers take it within a second, and closes the port. */
    @Override public void close() {
        owner.close();
    }
}
