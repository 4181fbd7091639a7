package io.katydid.http;

import io.katydid.api.StopUser;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Knows the threads that a script started and that are in a call of its user's client: they end with the user, whom nobody tells them about. */
final class ChildThreads {
    private final Set<Thread> calling = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** Begins a call of the current thread. Throws {@link StopUser} when the user has ended. */
    void enter() {
        calling.add(Thread.currentThread());
        if (!closed) return;
        leave();
        throw new StopUser();
    }

    void leave() {
        calling.remove(Thread.currentThread());
    }

    boolean isClosed() { return closed; }

    /** Ends all calls there are, and those to come. */
    void close() {
        closed = true;
        calling.forEach(Thread::interrupt);
    }
}
