package io.katydid.api;

/**
 * Hears one kind of event. An exception is logged and counted, and the other
 * listeners still hear the event.
 */
@FunctionalInterface
public interface Listener<E> {

    /**
     * Hears one event, on the thread that fires it. A listener of {@code request}
     * runs on the user's thread and must not block.
     */
    void on(E event) throws Exception;
}
