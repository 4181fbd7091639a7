package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import io.katydid.carrier.Carrier;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2FrameCodecBuilder;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2MultiplexHandler;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2Settings;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Is an HTTP/2 connection over TLS, on Netty's handlers: a stream per request. */
final class Http2Connection implements HttpConnection {
    /** These belong to a connection, which HTTP/2 manages itself. */
    private static final Set<String> HOP_BY_HOP = Set.of("connection", "keep-alive", "proxy-connection", "transfer-encoding", "upgrade",
        "host");
    private final Carrier carrier;
    private final Channel channel;
    private volatile boolean leaving;
    private volatile boolean answered;

    private Http2Connection(Carrier carrier, Channel channel) {
        this.carrier = carrier;
        this.channel = channel;
    }

    static Http2Connection over(Carrier carrier, Channel channel) {
        var connection = new Http2Connection(carrier, channel);
        channel.pipeline()
            .addLast(Http2FrameCodecBuilder.forClient().initialSettings(Http2Settings.defaultSettings().pushEnabled(false)).build());
        channel.pipeline().addLast(new Http2MultiplexHandler(new ChannelInitializer<>() {
            @Override protected void initChannel(Channel pushed) {
                pushed.close();
            }
        }));
        channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
            @Override public void channelRead(ChannelHandlerContext context, Object message) {
                if (message instanceof Http2GoAwayFrame) connection.leaving = true;
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
        long start = System.nanoTime();
        answered = false;
        var signal = new Signal();
        signal.reset();
        var reader = new Reader(signal);
        carrier.execute(() -> new Http2StreamChannelBootstrap(channel).handler(reader).open().addListener(done -> {
            if (done.isSuccess()) {
                send(request, (Http2StreamChannel) done.getNow(), signal);
            } else {
                signal.fail(done.cause());
            }
        }));
        var timer = request.readTimeoutNanos() > 0 ? carrier.after(request.readTimeoutNanos(), () -> signal.fail(new SocketTimeoutException(
            String.format(Locale.ROOT, "Read timed out. (read timeout=%.1f)", request.readTimeoutNanos() / 1e9)))) : null;
        try {
            signal.await(runtime);
        } catch (IOException problem) {
            reader.reset();
            throw problem;
        } finally {
            if (timer != null) timer.cancel();
        }
        return ReceivedResponse.of(reader.status, "", HttpHeaders.ofPairs(reader.headers), reader.body.toByteArray(), request.url(), name,
            start, reader.endNanos, history);
    }

    private static void send(HttpRequest request, Http2StreamChannel stream, Signal signal) {
        var headers = new DefaultHttp2Headers().method(request.method()).scheme("https")
            .authority(request.host() == null ? request.url().authority() : request.host())
            .path(request.url().target());
        request.headers().forEach((name, value) -> {
            var lower = name.toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(lower)) headers.add(lower, value);
        });
        if (request.cookie() != null) headers.set("cookie", request.cookie());
        if (request.authorization() != null) headers.set("authorization", request.authorization());
        byte @Nullable [] body = null;
        switch (request.body()) {
            case null -> {}
            case RequestBody.Bytes(var type, var bytes) -> {
                if (!type.isEmpty()) headers.set("content-type", type);
                headers.setInt("content-length", bytes.length);
                body = bytes;
            }
            case RequestBody.Streamed _ -> {
                signal.fail(
                    new IOException("A body of unknown length cannot be sent over HTTP/2 here. Give its bytes, or leave http2() out."));
                return;
            }
        }
        boolean bare = body == null || body.length == 0;
        stream.write(new DefaultHttp2HeadersFrame(headers, bare));
        if (!bare) stream.write(new DefaultHttp2DataFrame(Unpooled.wrappedBuffer(body), true));
        stream.flush();
    }

    /** Collects the answer of one stream, on the loop. */
    private final class Reader extends ChannelInboundHandlerAdapter {
        private final Signal signal;
        private final List<String> headers = new ArrayList<>();
        private final ByteArrayOutputStream body = new ByteArrayOutputStream();
        private volatile @Nullable Channel stream;
        private int status;
        private volatile long endNanos;

        Reader(Signal signal) {
            this.signal = signal;
        }

        @Override public void handlerAdded(ChannelHandlerContext context) {
            stream = context.channel();
        }

        void reset() {
            var open = stream;
            if (open != null) open.close();
        }

        @Override public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
            answered = true;
            try {
                switch (message) {
                    case Http2HeadersFrame frame -> head(frame);
                    case Http2DataFrame frame -> {
                        frame.content().readBytes(body, frame.content().readableBytes());
                        if (frame.isEndStream()) end();
                    }
                    case Http2ResetFrame frame ->
                        signal.fail(new IOException("The server reset the stream: " + Http2Error.valueOf(frame.errorCode())));
                    default -> {}
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        private void head(Http2HeadersFrame frame) {
            var code = frame.headers().status();
            if (code != null) status = Integer.parseInt(code.toString());
            if (status >= 200) {
                frame.headers().forEach(header -> {
                    if (header.getKey().length() > 0 && header.getKey().charAt(0) != ':') {
                        headers.add(header.getKey().toString());
                        headers.add(header.getValue().toString());
                    }
                });
            }
            if (frame.isEndStream()) end();
        }

        private void end() {
            endNanos = carrier.ioNanos();
            signal.complete();
        }

        @Override public void channelInactive(ChannelHandlerContext context) {
            signal.fail(new IOException("The server closed the stream before its answer was complete."));
        }

        @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            signal.fail(cause);
        }
    }

    @Override public boolean reusable() { return channel.isActive() && !leaving; }

    @Override public boolean answered() { return answered; }

    @Override public void close() {
        channel.close();
    }
}
