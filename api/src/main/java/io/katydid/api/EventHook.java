package io.katydid.api;

import io.katydid.api.spi.HookSupport;
import java.util.ArrayList;
import java.util.List;

/**
 * Calls its listeners, in the order they were added, each time it is fired.
 * Make your own for your own events:
 *
 * <pre>{@code
 * static final EventHook<OrderPaid> ORDER_PAID = new EventHook<>();
 * }</pre>
 *
 * <p>
 * Listeners run on the thread that fires. An exception in one is logged and
 * counted and the others still run; signals ({@link StopUser} and its kin) pass
 * to the caller. Any thread.
 */
public class EventHook<E> {
    private final HookSupport support;
    private volatile List<Listener<? super E>> listeners = List.of();

    /** Makes a hook of your own. */
    public EventHook() {
        this(HookSupport.PLAIN);
    }

    /**
     * Makes a hook whose listeners are called and owned as the kernel decides.
     * Called by the kernel only.
     */
    public EventHook(HookSupport support) {
        this.support = support;
    }

    /** Adds a listener after those that are there. */
    public Registration addListener(Listener<? super E> listener) {
        return add(listener, false);
    }

    /**
     * Adds a listener before those that are there. The reference's
     * {@code front=True}.
     */
    public Registration addFirst(Listener<? super E> listener) {
        return add(listener, true);
    }

    /** Calls all listeners with the event. */
    public void fire(E event) {
        if (!listeners.isEmpty())
            support.fire(this, event);
    }

    /** Gives the listeners in calling order; an immutable copy. */
    public final List<Listener<? super E>> listeners() {
        return listeners;
    }

    private synchronized Registration add(Listener<? super E> listener, boolean first) {
        var more = new ArrayList<>(listeners);
        more.add(first ? 0 : more.size(), listener);
        listeners = List.copyOf(more);
        return support.own(() -> remove(listener));
    }

    private synchronized void remove(Listener<? super E> listener) {
        var fewer = new ArrayList<>(listeners);
        fewer.remove(listener);
        listeners = List.copyOf(fewer);
    }
}
