package io.katydid.carrier;

import java.util.Optional;

/** Is something the watchdog looks at: it beats as long as it goes on. Called on the watchdog's thread only. */
interface Watched extends AutoCloseable {

    /** Gives its name, as words at the begin of a sentence. */
    String place();

    /** Gives a number that changes while it goes on. */
    long beats();

    /** Tells whether it has nothing to do and so need not beat. */
    boolean idle(long nowNanos);

    /** Gives the user that holds it, if one does. */
    Optional<Thread> user();

    /** Gives the stack of what holds it when that is no user. */
    StackTraceElement[] stack();

    /** Tells whether it has hardly worked yet, so that most of what it does is done for the first time. */
    boolean cold();

    /** Ends what the look itself needs. */
    @Override default void close() {}
}
