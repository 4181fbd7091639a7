package io.katydid.kernel.event;

import io.katydid.api.Listener;

/** Names listeners for people: a method of a script by its own name, anything else by its class. */
final class ListenerNames {
    private ListenerNames() {}

    static String of(Listener<?> listener) {
        return listener instanceof ListenMethods.Call ? listener.toString() : listener.getClass().getName();
    }
}
