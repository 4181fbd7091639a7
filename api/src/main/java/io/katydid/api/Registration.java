package io.katydid.api;

/**
 * Undoes what was registered: a listener, a route, an option, a timer.
 *
 * <p>
 * What a script or bundle registers belongs to it and is closed when it is
 * unloaded, so you need this only to stop earlier.
 */
@FunctionalInterface
public interface Registration extends AutoCloseable {

    /** Takes the registration back. A second call does nothing. Any thread. */
    @Override void close();
}
