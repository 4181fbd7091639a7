package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import io.katydid.carrier.Carrier;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Holds the pools that users share: one per loop, since a connection lives on one, and per size. Closed with the environment. */
final class SharedPools implements AutoCloseable {
    private final Map<Part, ConnectionPool> pools = new ConcurrentHashMap<>();

    private record Part(Carrier carrier, int size) {}

    static ConnectionPool of(UserRuntime runtime, Carrier carrier, int size) {
        return runtime.environment().shared("http.pools", SharedPools.class, SharedPools::new).pools
            .computeIfAbsent(new Part(carrier, size), _ -> new ConnectionPool(size));
    }

    @Override public void close() {
        pools.values().forEach(ConnectionPool::close);
    }
}
