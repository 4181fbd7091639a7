package io.katydid.http;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2GoAwayFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.DefaultHttp2ResetFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Is a server that speaks HTTP/2 over TLS, whose script answers each stream. */
final class Http2Server implements AutoCloseable {
    private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    private final List<Channel> connections = new CopyOnWriteArrayList<>();
    private final Channel server;
    private final Script script;
    final List<Seen> seen = new CopyOnWriteArrayList<>();
    final List<String> resets = new CopyOnWriteArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    final AtomicInteger most = new AtomicInteger();

    /** Answers one stream, on the server's loop. */
    @FunctionalInterface
    interface Script { void answer(Seen seen, Stream stream) throws Exception; }

    /** Is one request as it came. */
    record Seen(int connection, int stream, Http2Headers headers, byte[] body) {
        String line() { return headers.method() + " " + headers.path(); }

        String header(String name) { return String.valueOf(headers.get(name)); }

        String text() { return new String(body, StandardCharsets.UTF_8); }
    }

    /** Writes to one stream. */
    record Stream(Channel channel) {
        void answer(int status, byte[] body, String... headers) {
            head(status, body.length == 0, headers);
            if (body.length > 0) data(body, true);
        }

        void answer(int status, String text, String... headers) {
            answer(status, text.getBytes(StandardCharsets.UTF_8), headers);
        }

        void head(int status, boolean last, String... headers) {
            var all = new DefaultHttp2Headers().status(String.valueOf(status));
            for (int i = 0; i < headers.length; i += 2) all.add(headers[i], headers[i + 1]);
            channel.writeAndFlush(new DefaultHttp2HeadersFrame(all, last));
        }

        void data(byte[] bytes, boolean last) {
            channel.writeAndFlush(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(bytes), last));
        }

        void trailers(String name, String value) {
            channel.writeAndFlush(new DefaultHttp2HeadersFrame(new DefaultHttp2Headers().add(name, value), true));
        }

        void reset(Http2Error error) {
            channel.writeAndFlush(new DefaultHttp2ResetFrame(error));
        }

        /** Says that no further streams are taken, but for so many after the last one. */
        void goAway(int more) {
            var frame = new DefaultHttp2GoAwayFrame(Http2Error.NO_ERROR);
            frame.setExtraStreamIds(more);
            channel.parent().writeAndFlush(frame);
        }

        void hangUp() {
            channel.parent().close();
        }
    }

    Http2Server(Authority.Identity identity, long maxStreams, Script script) throws Exception {
        this.script = script;
        var tls = SslContextBuilder.forServer(identity.keys().getPrivate(), (X509Certificate) identity.certificate())
            .sslProvider(SslProvider.JDK)
            .applicationProtocolConfig(new ApplicationProtocolConfig(ApplicationProtocolConfig.Protocol.ALPN,
                ApplicationProtocolConfig.SelectorFailureBehavior.NO_ADVERTISE,
                ApplicationProtocolConfig.SelectedListenerFailureBehavior.ACCEPT,
                ApplicationProtocolNames.HTTP_2))
            .build();
        server = new ServerBootstrap().group(group).channel(NioServerSocketChannel.class).childHandler(new ChannelInitializer<>() {
            @Override protected void initChannel(Channel channel) {
                start(channel, tls, maxStreams);
            }
        }).bind(InetAddress.getLoopbackAddress(), 0).syncUninterruptibly().channel();
    }

    private void start(Channel channel, SslContext tls, long maxStreams) {
        connections.add(channel);
        int number = connections.size();
        channel.pipeline().addLast(tls.newHandler(channel.alloc()));
        channel.pipeline().addLast(
            Http2FrameCodecBuilder.forServer().initialSettings(Http2Settings.defaultSettings().maxConcurrentStreams(maxStreams)).build());
        channel.pipeline().addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override protected void initChannel(Channel stream) {
                stream.pipeline().addLast(new Request(number));
            }
        }));
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override public void channelRead(ChannelHandlerContext context, Object message) {
                ReferenceCountUtil.release(message);
            }

            @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
                context.close();
            }
        });
    }

    String url() { return "https://127.0.0.1:" + ((java.net.InetSocketAddress) server.localAddress()).getPort(); }

    int connections() { return connections.size(); }

    List<String> lines() { return seen.stream().map(Seen::line).toList(); }

    private final class Request extends ChannelInboundHandlerAdapter {
        private final int connection;
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private Http2Headers headers = new DefaultHttp2Headers();

        Request(int connection) {
            this.connection = connection;
        }

        @Override public void channelActive(ChannelHandlerContext context) {
            most.accumulateAndGet(open.incrementAndGet(), Math::max);
            context.channel().closeFuture().addListener((ChannelFutureListener) _ -> open.decrementAndGet());
        }

        @Override public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
            try {
                if (message instanceof Http2HeadersFrame frame) {
                    headers = frame.headers();
                    if (frame.isEndStream()) end(context);
                } else if (message instanceof Http2DataFrame frame) {
                    frame.content().readBytes(body, frame.content().readableBytes());
                    if (frame.isEndStream()) end(context);
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void end(ChannelHandlerContext context) throws Exception {
            var whole = new Seen(connection, ((Http2StreamChannel) context.channel()).stream().id(), headers, body.toByteArray());
            seen.add(whole);
            script.answer(whole, new Stream(context.channel()));
        }

        @Override public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof Http2ResetFrame reset) resets.add(headers.path() + " " + Http2Error.valueOf(reset.errorCode()));
            ReferenceCountUtil.release(event);
        }

        @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }

    @Override public void close() {
        server.close().syncUninterruptibly();
        for (var connection : connections) connection.close().syncUninterruptibly();
        group.shutdownGracefully(0, 100, java.util.concurrent.TimeUnit.MILLISECONDS);
    }
}
