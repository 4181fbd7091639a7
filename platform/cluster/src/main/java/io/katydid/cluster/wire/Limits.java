package io.katydid.cluster.wire;

/** Bounds what a node sends and what it reads from others; a peer beyond them is refused before memory is spent on it. */
public final class Limits {
    /** The bytes of a frame, and so of binary data in it. */
    public static final int FRAME_BYTES = 64 << 20;
    /** The entries of one map or list. */
    public static final int ENTRIES = 1_000_000;
    /** The values of a whole frame: keys, entries and what holds them. Many small lists would else become many times the frame. */
    public static final int VALUES = 4 * ENTRIES;
    /** The bytes of a text, in UTF-8. */
    public static final int TEXT_BYTES = 1 << 20;
    /** How many maps and lists may hold each other; the message itself is the first. */
    public static final int DEPTH = 16;
    /** The messages that wait in ZeroMQ for one peer that does not read; further ones to that peer are dropped. It is ZeroMQ's own default. */
    static final int WAITING_PER_PEER = 1_000;
    /** The messages of one worker the master has not read yet; then that worker's connection is not read from. Small, for there are many workers. */
    static final int UNREAD_PER_WORKER = 100;
    /** The messages that wait for the thread of a socket. */
    static final int WAITING = 100_000;
    /** The bytes of the messages that wait for the thread of a socket. */
    static final long WAITING_BYTES = 4L * FRAME_BYTES;

    private Limits() {}
}
