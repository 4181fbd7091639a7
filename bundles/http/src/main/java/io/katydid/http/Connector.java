package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import io.katydid.carrier.Carrier;
import io.katydid.carrier.netty.Netty;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.proxy.HttpProxyHandler;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.resolver.NoopAddressResolverGroup;
import io.netty.util.concurrent.Future;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Opens connections on the user's loop: look-up, connect, proxy, TLS, and what ALPN chose. */
final class Connector {
    private static final int FOR_EVER_MILLIS = 0;
    private final Carrier carrier;
    private final HttpOptions options;

    Connector(Carrier carrier, HttpOptions options) {
        this.carrier = carrier;
        this.options = options;
    }

    HttpConnection open(Route route, double timeoutSeconds, UserRuntime runtime) throws IOException {
        var proxy = route.proxy();
        var target = InetSocketAddress.createUnresolved(route.host(), route.port());
        var address = proxy == null ? Addresses.find(route.host(), route.port(), runtime)
            : Addresses.find(proxy.host(), proxy.port(), runtime);
        var tunnel = proxy != null && !route.forwarded() ? new HttpProxyHandler(address) : null;
        var tls = route.secure() ? TlsContexts.of(runtime).context(route, options, runtime) : null;
        var signal = new Signal();
        signal.reset();
        var ready = new AtomicReference<@Nullable HttpConnection>();
        var bootstrap = new Bootstrap().group(Netty.eventLoop(carrier)).channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, timeoutSeconds > 0 ? (int) Math.max(1, timeoutSeconds * 1000) : FOR_EVER_MILLIS)
            .resolver(tunnel == null ? DefaultAddressResolverGroup.INSTANCE : NoopAddressResolverGroup.INSTANCE)
            .handler(new ChannelInitializer<>() {
                @Override protected void initChannel(Channel channel) {
                    if (tunnel != null) channel.pipeline().addLast(tunnel);
                    if (tls != null) {
                        var handler = TlsContexts.handler(channel, route, tls);
                        handler.setHandshakeTimeoutMillis(timeoutSeconds > 0 ? (long) (timeoutSeconds * 1000) : 60_000);
                        channel.pipeline().addLast(handler);
                        handler.handshakeFuture().addListener(done -> ready(done, channel, handler, ready, signal));
                    }
                }
            });
        bootstrap.connect(tunnel == null ? address : target).addListener(done -> {
            var channel = ((ChannelFuture) done).channel();
            if (!done.isSuccess()) {
                signal.fail(timedOut(done.cause(), timeoutSeconds));
            } else if (tls == null) {
                ready.set(http1(channel));
                signal.complete();
            }
        });
        signal.await(runtime);
        var connection = ready.get();
        if (connection == null) throw new IOException("The connection to " + route.origin() + " was closed while it was opened.");
        return connection;
    }

    private static Throwable timedOut(Throwable cause, double seconds) {
        return cause instanceof ConnectTimeoutException
            ? new SocketTimeoutException(String.format(Locale.ROOT, "Connection timed out. (connect timeout=%.1f)", seconds)) : cause;
    }

    private void ready(Future<?> handshake, Channel channel, SslHandler handler, AtomicReference<@Nullable HttpConnection> ready,
        Signal signal) {
        if (!handshake.isSuccess()) {
            signal.fail(handshake.cause());
            channel.close();
            return;
        }
        boolean http2 = ApplicationProtocolNames.HTTP_2.equals(handler.applicationProtocol());
        ready.set(http2 ? Http2Connection.over(carrier, channel) : http1(channel));
        signal.complete();
    }

    private Http1Connection http1(Channel channel) {
        var connection = new Http1Connection(carrier, channel);
        channel.pipeline().addLast(connection);
        return connection;
    }
}
