package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import io.katydid.carrier.Carrier;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Is an HTTP/2 connection over TLS, on Netty's handlers: a stream per request, several at a time. */
final class Http2Connection implements HttpConnection {
    private static final int WINDOW = 1 << 20;
    private final Carrier carrier;
    private final Channel channel;
    private final AtomicInteger streams = new AtomicInteger();
    private volatile boolean leaving;

    private Http2Connection(Carrier carrier, Channel channel) {
        this.carrier = carrier;
        this.channel = channel;
    }

    static Http2Connection over(Carrier carrier, Channel channel) {
        var connection = new Http2Connection(carrier, channel);
        // More streams than the server allows wait for their turn.
        channel.pipeline().addLast(Http2FrameCodecBuilder.forClient().encoderEnforceMaxConcurrentStreams(true)
            .initialSettings(Http2Settings.defaultSettings().pushEnabled(false).initialWindowSize(WINDOW)).build());
        channel.pipeline().addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override protected void initChannel(Channel pushed) {
                pushed.close();
            }
        }));
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof Http2GoAwayFrame) connection.leave();
                ReferenceCountUtil.release(message);
            }

            @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                context.close();
            }
        });
        return connection;
    }

    @Override public ServerResponse exchange(HttpRequest request, String name, List<Response> history, UserRuntime runtime)
        throws IOException {
        streams.incrementAndGet();
        var stream = new Http2Exchange(this, carrier, request, name, history);
        try {
            var response = stream.run(channel, runtime);
            if (response instanceof StreamedResponse streamed) {
                streamed.body().onEnd(this::ended);
            } else {
                ended();
            }
            return response;
        } catch (IOException | RuntimeException | Error problem) {
            stream.abandon();
            ended();
            throw problem;
        }
    }

    /** Takes no more requests; it is closed with the last of those that are on it. */
    void leave() {
        leaving = true;
        if (streams.get() == 0) close();
    }

    /** Hears that a stream is over. */
    void ended() {
        if (streams.decrementAndGet() == 0 && leaving) close();
    }

    @Override public boolean multiplexes() { return true; }

    @Override public boolean reusable() { return channel.isActive() && !leaving; }

    /** What was not answered says so by its exception: several requests may be on their way. */
    @Override public boolean answered() {
        return true;
    }

    @Override public void failed() {
        // The stream has been reset, and others go on.
    }

    @Override public void close() {
        carrier.onLoop(channel::close);
    }
}
