package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import io.katydid.carrier.Carrier;
import io.katydid.carrier.CarrierTimer;
import io.katydid.carrier.netty.Netty;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslContext;
import io.netty.resolver.DefaultAddressResolverGroup;
import io.netty.resolver.NoopAddressResolverGroup;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Opens connections on the user's loop: look-up, connect, proxy, TLS, and what ALPN chose. */
final class Connector {
    private final Carrier carrier;
    private final HttpOptions options;
    private volatile @Nullable SslContext own;

    Connector(Carrier carrier, HttpOptions options) {
        this.carrier = carrier;
        this.options = options;
    }

    /** Opens a connection to the first of the host's addresses that takes it. */
    HttpConnection open(Route route, double timeoutSeconds, UserRuntime runtime) throws IOException {
        var proxy = route.proxy();
        var addresses = proxy == null ? Addresses.find(route.host(), route.port(), runtime)
            : Addresses.find(proxy.host(), proxy.port(), runtime);
        var tls = route.secure() ? tls(route, runtime) : null;
        return open(route, addresses, tls, timeoutSeconds, runtime);
    }

    private HttpConnection open(Route route, List<InetSocketAddress> addresses, @Nullable SslContext tls, double timeoutSeconds,
        UserRuntime runtime)
        throws IOException {
        IOException first = null;
        for (var address : addresses) {
            try {
                return open(route, address, tls, timeoutSeconds, runtime);
            } catch (CutOff | SocketTimeoutException problem) {
                throw problem;
            } catch (InterruptedIOException interrupted) {
                throw interrupted;
            } catch (IOException problem) {
                if (first == null) first = problem;
            }
        }
        throw first == null ? new IOException("The host " + route.host() + " has no address.") : first;
    }

    /** Gives the TLS set-up; one of the script's own is asked for once. */
    private SslContext tls(Route route, UserRuntime runtime) {
        var factory = options.sslContext();
        if (factory.isEmpty()) return TlsContexts.of(runtime).context(route, runtime);
        var made = own;
        if (made == null) {
            made = runtime.blocking(() -> TlsContexts.of(factory.get().get(), route.http2()));
            own = made;
        }
        return made;
    }

    private HttpConnection open(Route route, InetSocketAddress address, @Nullable SslContext tls, double timeoutSeconds,
        UserRuntime runtime)
        throws IOException {
        boolean tunnelled = route.proxy() != null && !route.forwarded();
        var opening = new Opening(carrier, route, tls != null);
        var bootstrap = new Bootstrap().group(Netty.eventLoop(carrier)).channel(NioSocketChannel.class)
            .option(ChannelOption.TCP_NODELAY, true).option(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0)
            .resolver(tunnelled ? NoopAddressResolverGroup.INSTANCE : DefaultAddressResolverGroup.INSTANCE)
            .handler(new ChannelInitializer<>() {
                @Override protected void initChannel(Channel channel) {
                    if (tls == null) channel.config().setRecvByteBufAllocator(ReadBuffer.OF_THE_LOOP);
                    if (tunnelled) channel.pipeline().addLast(Tunnel.handler(address, route));
                    if (tls != null) channel.pipeline().addLast(TlsContexts.handler(channel, route, tls));
                    channel.pipeline().addLast(opening);
                }
            });
        opening.begin(bootstrap, tunnelled ? InetSocketAddress.createUnresolved(route.host(), route.port()) : address);
        var timer = timeoutSeconds > 0 ? watch(opening, timeoutSeconds) : null;
        boolean open = false;
        try {
            var connection = opening.await(runtime);
            open = true;
            return connection;
        } finally {
            if (timer != null) timer.cancel();
            if (!open) opening.giveUp();
        }
    }

    /** One time-out for all of it: to the server or proxy, through the tunnel, and the TLS handshake. */
    private CarrierTimer watch(Opening opening, double seconds) {
        return carrier.after((long) (seconds * 1e9), () -> opening.fail(
            new SocketTimeoutException(String.format(Locale.ROOT, "Connection timed out. (connect timeout=%.1f)", seconds))));
    }
}
