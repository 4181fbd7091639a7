package io.katydid.cluster.wire;

/**
 * Is a worker's end of the wire: a ZeroMQ DEALER under the worker's client id, with a thread of its own. It connects by itself, again and again, to each
 * address of the master's name in turn; messages wait until it is connected.
 *
 * <p>A message that the master does not take is tried again after 1, 3 and 5 seconds, then it is lost and the listener hears of it. When the socket
 * breaks, the listener is told, and the socket is made anew after five seconds, or at once by {@link #reconnect()}.
 */
public final class WorkerSocket implements AutoCloseable {

    /** Hears what the master sends. Is called on the socket's thread, one call after the other; what it throws is logged and ends nothing. */
    public interface Listener {

        /** Takes a message. */
        void message(WireMessage message);

        /** Hears that the master sent what is no message. */
        void corrupt(CorruptMessage why);

        /** Hears that a message was lost or the socket broke. */
        void broken(Exception why);
    }

    private static final String MASTER = "the master";
    private final Owner owner;

    private WorkerSocket(String host, int port, String clientId, Security security, Listener listener) {
        owner = new Owner("katydid-worker-socket", wake -> DealerLine.open(host, port, clientId, security, wake), true, Timing.REFERENCE,
            events(listener));
    }

    /** Begins to connect to a master and returns at once, whether it is there or not. */
    public static WorkerSocket connect(String host, int port, String clientId, Security security, Listener listener) {
        var socket = new WorkerSocket(host, port, clientId, security, listener);
        socket.owner.start();
        return socket;
    }

    static Owner.Events events(Listener listener) {
        return new Owner.Events() {
            @Override public void received(Incoming incoming) {
                incoming.open(listener::message, listener::corrupt);
            }

            @Override public void broken(Exception why) {
                listener.broken(why);
            }
        };
    }

    /**
     * Sends a message; never waits, and may be called from any thread.
     *
     * @throws io.katydid.api.KatydidException for a message that has no form on the wire
     */
    public void send(WireMessage message) {
        owner.send(new Outgoing(MASTER, Codec.encode(message)));
    }

    /** Tells whether all messages have left; those for a master that is not there wait. */
    public boolean isIdle() {
        return owner.waiting() == 0;
    }

    /** Makes the socket anew under the same client id; messages that wait are sent through the new one. */
    public void reconnect() {
        owner.reopen();
    }

    /** Sends what was given before, as far as the master takes it within a second, and closes the connection. */
    @Override public void close() {
        owner.close();
    }
}
