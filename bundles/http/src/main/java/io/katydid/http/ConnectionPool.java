package io.katydid.http;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Keeps connections between requests, newest first. Any thread of its users; never waits but for a free connection. */
final class ConnectionPool implements AutoCloseable {
    private final int size;
    private final Map<Route, Origin> origins = new HashMap<>();
    private boolean closed;

    private static final class Origin {
        private final ArrayDeque<HttpConnection> idle = new ArrayDeque<>();
        private int taken;
    }

    ConnectionPool(int size) {
        this.size = size;
    }

    /** Takes a place for a connection: an idle one when there is one, else the caller opens its own. */
    synchronized Optional<HttpConnection> take(Route route) throws IOException {
        var origin = origins.computeIfAbsent(route, _ -> new Origin());
        while (origin.taken >= size) await();
        origin.taken++;
        HttpConnection idle;
        while ((idle = origin.idle.pollFirst()) != null) {
            if (idle.reusable()) return Optional.of(idle);
            idle.close();
        }
        return Optional.empty();
    }

    private void await() throws IOException {
        try {
            wait();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CutOff();
        }
    }

    /** Gives a connection back, and its place. */
    synchronized void giveBack(Route route, HttpConnection connection) {
        leave(route);
        var origin = origins.get(route);
        if (closed || origin == null || !connection.reusable()) {
            connection.close();
        } else {
            origin.idle.addFirst(connection);
        }
    }

    /** Gives only the place back. */
    synchronized void leave(Route route) {
        var origin = origins.get(route);
        if (origin == null) return;
        origin.taken--;
        if (origin.taken == size - 1) notifyAll();
    }

    @Override public synchronized void close() {
        closed = true;
        for (var origin : origins.values()) origin.idle.forEach(HttpConnection::close);
        origins.clear();
    }
}
