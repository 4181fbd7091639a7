package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import io.katydid.carrier.Carrier;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.SocketAddress;
import java.nio.channels.ClosedChannelException;
import org.jspecify.annotations.Nullable;

/** Is a connection on its way. Last in its pipeline until it is open, so that whatever goes wrong is told to the user who waits. */
final class Opening extends ChannelInboundHandlerAdapter {
    private final Carrier carrier;
    private final Route route;
    private final boolean secure;
    private final Signal signal = new Signal();
    private volatile @Nullable HttpConnection ready;
    private @Nullable Channel channel;
    private boolean givenUp;

    /** Starts; the caller is the one that will wait. */
    Opening(Carrier carrier, Route route, boolean secure) {
        this.carrier = carrier;
        this.route = route;
        this.secure = secure;
        signal.reset();
    }

    /** Starts to connect, unless it was given up before its loop came to it. Any thread. */
    void begin(Bootstrap bootstrap, SocketAddress address) {
        carrier.onLoop(() -> {
            if (givenUp) return;
            try {
                var connecting = bootstrap.connect(address);
                channel = connecting.channel();
                connecting.addListener(done -> connected((ChannelFuture) done));
            } catch (RuntimeException | Error problem) {
                fail(explained(problem));
            }
        });
    }

    /** Closes what is on its way. Any thread. */
    void giveUp() {
        carrier.onLoop(() -> {
            givenUp = true;
            // It is not open when there was no file for it.
            if (channel != null && channel.isOpen()) channel.close();
        });
    }

    HttpConnection await(UserRuntime runtime) throws IOException {
        signal.await(runtime);
        var connection = ready;
        if (connection == null) throw closed();
        return connection;
    }

    void fail(Throwable problem) {
        signal.fail(problem);
    }

    /** Hears of the first step: to the server itself, or to the proxy. */
    private void connected(ChannelFuture done) {
        if (!done.isSuccess()) {
            fail(explained(done.cause()));
        } else if (!secure) {
            finish(done.channel().pipeline().context(this), false);
        }
    }

    @Override public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (!(event instanceof SslHandshakeCompletionEvent handshake)) {
            context.fireUserEventTriggered(event);
        } else if (!handshake.isSuccess()) {
            fail(explained(handshake.cause()));
        } else {
            var tls = context.pipeline().get(SslHandler.class);
            finish(context, tls != null && ApplicationProtocolNames.HTTP_2.equals(tls.applicationProtocol()));
        }
    }

    private void finish(@Nullable ChannelHandlerContext context, boolean http2) {
        if (context == null || signal.isDone()) return;
        var channel = context.channel();
        if (http2) {
            ready = Http2Connection.over(carrier, channel);
        } else {
            var connection = new Http1Connection(carrier, channel);
            channel.pipeline().addLast(connection);
            ready = connection;
        }
        channel.pipeline().remove(this);
        signal.complete();
    }

    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(explained(cause));
        context.close();
    }

    @Override public void channelInactive(ChannelHandlerContext context) {
        fail(closed());
    }

    private Throwable explained(Throwable cause) {
        return switch (cause) {
            case ClosedChannelException _ -> closed();
            case ChannelException none -> noSocket(Causes.innermost(none));
            default -> Tunnel.explained(cause, route);
        };
    }

    private IOException noSocket(Throwable reason) {
        return new IOException("No socket for " + route.origin() + ": " + reason.getMessage()
            + ". Raise ulimit -n, or start fewer users.");
    }

    private IOException closed() { return new IOException("The connection to " + route.origin() + " was closed while it was opened."); }
}
