package io.katydid.api.spi;

import io.katydid.api.EventHook;
import io.katydid.api.Listener;
import io.katydid.api.Registration;
import io.katydid.api.TaskSignal;

/**
 * Calls and owns the listeners of a hook; the kernel's side of
 * {@link EventHook}.
 */
public interface HookSupport {

    /**
     * Serves hooks that a script makes itself: exceptions go to the system logger.
     */
    HookSupport PLAIN = new HookSupport() {
        @Override public <E> void fire(EventHook<E> hook, E event) {
            for (Listener<? super E> listener : hook.listeners()) {
                try {
                    listener.on(event);
                } catch (TaskSignal signal) {
                    throw signal;
                } catch (Exception | LinkageError | AssertionError | StackOverflowError problem) {
                    System.getLogger(EventHook.class.getName()).log(System.Logger.Level.ERROR,
                        "Uncaught exception in event handler", problem);
                }
            }
        }
    };

    /** Calls the listeners. */
    <E> void fire(EventHook<E> hook, E event);

    /**
     * Makes a registration belong to whatever script or bundle is being called now.
     */
    default Registration own(Registration registration) {
        return registration;
    }
}
