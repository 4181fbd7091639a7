package io.katydid.api;

/**
 * Decides how events reach their listeners; the default calls them in place.
 * The reference injects another one in distributed runs.
 */
@FunctionalInterface
public interface EventDispatcher {

    /**
     * Brings the event to the listeners of the hook. Exceptions of a listener are
     * the platform's to log: let them pass.
     */
    <E> void dispatch(EventHook<E> hook, E event);
}
