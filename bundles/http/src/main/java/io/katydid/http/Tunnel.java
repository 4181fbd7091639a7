package io.katydid.http;

import io.katydid.api.KatydidException;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.proxy.ProxyConnectException;
import io.netty.handler.proxy.ProxyHandler;
import java.net.InetSocketAddress;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows which proxy a request goes through, and how to have one dig a tunnel to a server that speaks TLS. */
final class Tunnel {

    private Tunnel() {}

    /** Reads the address of an HTTP proxy; {@code http://} may be left out. */
    static ProxyAddress proxy(String address) {
        var whole = address.contains("://") ? address : "http://" + address;
        if (!whole.startsWith("http://"))
            throw new KatydidException("The proxy '" + address + "' is not an HTTP proxy. Write http://host:port.");
        var url = Url.parse(whole);
        return new ProxyAddress(url.host(), url.port(), url.credentials().orElse(null));
    }

    /** Chooses as requests does: scheme and host, scheme, any scheme and host, any; "" stands for no proxy. */
    static @Nullable ProxyAddress choose(Url url, Map<String, String> proxies, String otherwise) {
        var scheme = url.secure() ? "https" : "http";
        var address = otherwise;
        for (var key : new String[]{"all", "all://" + url.host(), scheme, scheme + "://" + url.host()})
            address = proxies.getOrDefault(key, address);
        return address.isEmpty() ? null : proxy(address);
    }

    static ProxyHandler handler(InetSocketAddress address, Route route) {
        var proxy = route.proxy();
        var credentials = proxy == null ? null : proxy.credentials();
        var handler = credentials == null ? new HttpProxyHandler(address)
            : new HttpProxyHandler(address, credentials.user(), credentials.password());
        handler.setConnectTimeoutMillis(0);
        return handler;
    }

    /** Says in plain words why a proxy did not let a connection through. */
    static Throwable explained(Throwable problem, Route route) {
        var cause = Causes.innermost(problem);
        if (!(cause instanceof ProxyConnectException)) return problem;
        var message = String.valueOf(cause.getMessage());
        int status = message.indexOf("status: ");
        if (status >= 0) return new ProxyError("Tunnel connection failed: " + message.substring(status + 8));
        return new ProxyError("The proxy " + route.proxy() + " closed the connection before there was a tunnel to " + route.host() + ":"
            + route.port() + ".");
    }
}
