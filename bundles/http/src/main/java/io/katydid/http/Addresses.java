package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Looks names up off the loop, since a look-up blocks, and remembers them for 30 s as the JDK does. One per environment; any thread. */
final class Addresses {
    private static final long KEEP_NANOS = TimeUnit.SECONDS.toNanos(30);
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(List<InetAddress> addresses, long endNanos) {}

    static Addresses of(UserRuntime runtime) { return runtime.environment().shared("http.addresses", Addresses.class, Addresses::new); }

    /** Finds the addresses of a host, the preferred one first; an address written out needs no look-up. */
    static List<InetSocketAddress> find(String host, int port, UserRuntime runtime) throws IOException {
        var bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        var literal = NetUtil.createByteArrayFromIpAddressString(bare);
        if (literal != null) return List.of(new InetSocketAddress(InetAddress.getByAddress(bare, literal), port));
        var found = of(runtime).named(bare, runtime);
        return found.stream().map(address -> new InetSocketAddress(address, port)).toList();
    }

    private List<InetAddress> named(String bare, UserRuntime runtime) throws IOException {
        var before = known.get(bare);
        if (before != null && System.nanoTime() - before.endNanos() < 0) return before.addresses();
        var found = lookUp(bare, runtime);
        remember(bare, found);
        return found;
    }

    void remember(String host, List<InetAddress> addresses) {
        known.put(host, new Known(addresses, System.nanoTime() + KEEP_NANOS));
    }

    private static List<InetAddress> lookUp(String host, UserRuntime runtime) throws IOException {
        try {
            return List.of(runtime.<InetAddress[], UnknownHostException>blocking(() -> InetAddress.getAllByName(host)));
        } catch (UnknownHostException unknown) {
            throw new UnknownHostException(host + ": Name or service not known");
        }
    }
}
