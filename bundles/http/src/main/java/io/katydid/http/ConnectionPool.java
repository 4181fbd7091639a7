package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Keeps connections between requests, newest first. Any thread of its users; never waits but for a free connection. */
final class ConnectionPool implements AutoCloseable {
    private final int size;
    private final Map<Route, Origin> origins = new HashMap<>();
    private @Nullable Route lastRoute;
    private @Nullable Origin lastOrigin;
    private boolean closed;

    private static final class Origin {
        private final ArrayDeque<HttpConnection> idle = new ArrayDeque<>();
        /** Carries several requests at a time. */
        private @Nullable HttpConnection shared;
        /** Somebody opens a connection that may become the shared one: others wait to see. */
        private boolean opening;
        /** The server speaks HTTP/1.1 only. */
        private boolean single;
        private int taken;
    }

    /** Gives what is kept for a route, which more often than not is the one of the last request. */
    @SuppressWarnings("ReferenceEquality") // only a short way round the map
    private @Nullable Origin find(Route route) {
        if (lastRoute == route) return lastOrigin;
        var found = origins.get(route);
        lastRoute = route;
        lastOrigin = found;
        return found;
    }

    ConnectionPool(int size) {
        this.size = size;
    }

    /** Takes a place for a connection: an idle one when there is one, else the caller opens its own. */
    synchronized Optional<HttpConnection> take(Route route, UserRuntime runtime) throws IOException {
        var origin = find(route);
        if (origin == null) {
            origin = new Origin();
            origins.put(route, origin);
            lastOrigin = origin;
        }
        while (origin.taken >= size || origin.opening) await(runtime);
        origin.taken++;
        var shared = origin.shared;
        if (shared != null && shared.reusable()) return Optional.of(shared);
        origin.shared = null;
        HttpConnection idle;
        while ((idle = origin.idle.pollFirst()) != null) {
            if (idle.reusable()) return Optional.of(idle);
            idle.close();
        }
        origin.opening = route.http2() && route.secure() && !origin.single;
        return Optional.empty();
    }

    /** Hears what came of the connection a caller of {@link #take} had to open; null when it failed, and the caller's place with it. */
    synchronized void opened(Route route, @Nullable HttpConnection connection) {
        var origin = find(route);
        if (origin == null) return;
        if (connection == null) {
            leave(route);
        } else if (connection.multiplexes()) {
            origin.shared = connection;
        } else {
            origin.single = true;
        }
        if (!origin.opening) return;
        origin.opening = false;
        notifyAll();
    }

    private void await(UserRuntime runtime) throws IOException {
        try {
            wait();
        } catch (InterruptedException interrupted) {
            if (runtime.stopping()) throw new CutOff();
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for one of " + size + " connections");
        }
    }

    /** Gives a connection back, and its place. */
    synchronized void giveBack(Route route, HttpConnection connection) {
        leave(route);
        var origin = find(route);
        if (connection.multiplexes() && !closed) return;
        if (closed || origin == null || !connection.reusable()) {
            connection.close();
        } else {
            origin.idle.addFirst(connection);
        }
    }

    /** Gives only the place back. */
    synchronized void leave(Route route) {
        var origin = find(route);
        if (origin == null) return;
        origin.taken--;
        if (origin.taken == size - 1) notifyAll();
    }

    @Override public synchronized void close() {
        closed = true;
        lastRoute = null;
        lastOrigin = null;
        for (var origin : origins.values()) {
            origin.idle.forEach(HttpConnection::close);
            if (origin.shared != null) origin.shared.close();
        }
        origins.clear();
    }
}
