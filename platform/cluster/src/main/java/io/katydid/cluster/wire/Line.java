package io.katydid.cluster.wire;

import java.nio.channels.SelectableChannel;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Is an open socket as its thread sees it. Only that thread calls it; no method waits, but close. */
interface Line extends AutoCloseable {

    /** Says what became of a message. */
    enum Sent {
        DONE,
        /** The peer reads too slowly; later it may go. */
        FULL,
        /** There is no such peer. */
        NOBODY
    }

    /** Says whether messages may be sent now; before, they are kept. */
    boolean isUp();

    Sent send(Outgoing message);

    /** Gives the next message, or null when there is none now. */
    @Nullable Incoming receive();

    /** Gives the channels that become readable when there is something to do; they may change with a tick. */
    List<SelectableChannel> wakes();

    /** Does what is due, at least each second. */
    void tick();

    /** Sends what was handed over, for less than a second, and closes. */
    @Override void close();

    /** Opens lines; is called on the thread that will use them, again after each failure. */
    interface Opener {

        /** Opens one; what happens on other threads calls wake. */
        Line open(Runnable wake);
    }
}
