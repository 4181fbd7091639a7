package io.katydid.cluster.wire;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.zeromq.ZEvent;

/** Follows a worker's connection by ZeroMQ's events, which come on its thread, and says why the master refuses. */
final class Link implements ZEvent.ZEventConsummer {
    static final int EVENTS = zmq.ZMQ.ZMQ_EVENT_CONNECTED | zmq.ZMQ.ZMQ_EVENT_CONNECT_DELAYED | zmq.ZMQ.ZMQ_EVENT_CONNECT_RETRIED
        | zmq.ZMQ.ZMQ_EVENT_HANDSHAKE_PROTOCOL | zmq.ZMQ.ZMQ_EVENT_DISCONNECTED;
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    private final String master;
    private final Security security;
    private final Runnable wake;
    private volatile boolean up;
    private volatile boolean connected;
    private volatile long connectedAt;
    private volatile boolean trying;
    private volatile boolean refused;
    private volatile boolean heard;
    private volatile boolean said;
    /** How many connections ended ungreeted, one after the other: a master that is just ending does that to one. */
    private volatile int ungreeted;
    private volatile boolean ended;

    Link(String master, Security security, Runnable wake) {
        this(master, security, wake, null);
    }

    /** Follows the next connection to the same master; what was said of the one before is not said again. */
    Link(String master, Security security, Runnable wake, @Nullable Link before) {
        this.master = master;
        this.security = security;
        this.wake = wake;
        said = before != null && before.said;
        ungreeted = before == null ? 0 : before.ungreeted;
    }

    /** Says whether both sides have greeted each other in the same security. */
    boolean isUp() { return up; }

    /** Says whether the master was reached, greeted or not. */
    boolean isConnected() { return connected; }

    long connectedNanos() {
        return System.nanoTime() - connectedAt;
    }

    /** Says whether ZeroMQ goes on trying by itself. */
    boolean isTrying() { return trying; }

    /** Says whether nobody listens at the address. */
    boolean isRefused() { return refused; }

    /** Notes that the master said something. */
    void heard() {
        heard = true;
        said = false;
    }

    /** Says nothing from now on: the connection is closed from this side. */
    void end() {
        ended = true;
    }

    @Override public void consume(ZEvent event) {
        switch (event.getEvent()) {
            case CONNECT_DELAYED -> trying = true;
            case CONNECTED -> {
                trying = true;
                connectedAt = System.nanoTime();
                connected = true;
            }
            case CONNECT_RETRIED -> {
                trying = true;
                refused = true;
            }
            case HANDSHAKE_PROTOCOL -> {
                up = true;
                ungreeted = 0;
                heard = false;
            }
            case DISCONNECTED -> disconnected();
            default -> LOG.debug("Not asked for: {}", event);
        }
        wake.run();
    }

    private void disconnected() {
        boolean greeted = up;
        up = false;
        connected = false;
        trying = false;
        if (ended) return;
        if (!greeted && ++ungreeted == 1) {
            LOG.debug("The connection to the master at {} ended before it was greeted; it is tried again.", master);
        } else if (!greeted) {
            say("The master at {} and this worker do not understand each other: only one of them has a cluster token, or it is no master."
                + " Start both with the same token, or both without.");
        } else if (!heard && security instanceof Security.Token) {
            say("The master at {} ended the connection before it said a word: its cluster token is another than this worker's, or it ended."
                + " Start both with the same token.");
        } else {
            LOG.debug("The connection to the master at {} ended; it is tried again.", master);
        }
    }

    private void say(String text) {
        if (said) {
            LOG.debug(text, master);
        } else {
            LOG.warn(text, master);
        }
        said = true;
    }
}
