package io.katydid.http;

import io.katydid.api.StopUser;
import io.katydid.api.spi.UserRuntime;
import io.katydid.carrier.Carrier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http2.DefaultHttp2DataFrame;
import io.netty.handler.codec.http2.DefaultHttp2HeadersFrame;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2GoAwayFrame;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.handler.codec.http2.Http2StreamChannelBootstrap;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Is one request and its answer on a stream of an HTTP/2 connection. What is not said otherwise happens on the loop. */
final class Http2Exchange extends ChannelInboundHandlerAdapter {
    private static final int PIECE = 16 * 1024;
    private final Http2Connection connection;
    private final Carrier carrier;
    private final HttpRequest request;
    private final String name;
    private final List<Response> history;
    private final Signal signal = new Signal();
    /** Is done when the next part of a body may follow. */
    private final Signal next = new Signal();
    private final ReadTimeout timeout;
    private final List<String> headers = new ArrayList<>();
    private final CollectedBody body = new CollectedBody();
    private volatile @Nullable Channel stream;
    private volatile @Nullable StreamedBody streamed;
    private volatile boolean over;
    private boolean answered;
    private boolean headDone;
    private int status;
    /** Is how long the server says the body is, in bytes; negative when it does not. */
    private long announced;
    private volatile long startNanos;
    private long endNanos;

    Http2Exchange(Http2Connection connection, Carrier carrier, HttpRequest request, String name, List<Response> history) {
        this.connection = connection;
        this.carrier = carrier;
        this.request = request;
        this.name = name;
        this.history = history;
        timeout = new ReadTimeout(carrier, this::timedOut);
    }

    /** Sends the request and waits for the answer, or its head. On the user's thread. */
    ServerResponse run(Channel channel, UserRuntime runtime) throws IOException {
        signal.reset();
        next.reset();
        carrier.onLoop(() -> open(channel));
        try {
            if (request.body() instanceof RequestBody.Streamed(_, var chunks)) sendChunks(chunks, runtime);
            signal.await(runtime);
        } catch (StopUser stopped) {
            throw new CutOff();
        }
        var whole = streamed == null ? body.bytes() : new byte[0];
        var received = ReceivedResponse.of(status, "", HttpHeaders.ofPairs(List.copyOf(headers)), whole, request.url(), name, startNanos,
            endNanos,
            history);
        var later = streamed;
        return later == null ? received : new StreamedResponse(received, later);
    }

    /** Gives the stream up, which tells the server to stop. Any thread. */
    void abandon() {
        carrier.onLoop(() -> {
            over = true;
            timeout.cancel();
            body.cutOff();
            var open = stream;
            if (open != null) open.close();
        });
    }

    private void open(Channel channel) {
        startNanos = System.nanoTime();
        if (!channel.isActive()) {
            fail(new Unanswered(new IOException("Remote end closed connection without response"), true));
            return;
        }
        new Http2StreamChannelBootstrap(channel).handler(this).open().addListener(done -> {
            if (!done.isSuccess()) {
                refused(done.cause());
            } else if (over) {
                ((Http2StreamChannel) done.getNow()).close();
            } else {
                send((Http2StreamChannel) done.getNow());
            }
        });
    }

    private void send(Http2StreamChannel opened) {
        timeout.start(request.readTimeoutNanos());
        var bytes = request.body() instanceof RequestBody.Bytes(_, var all) ? all : new byte[0];
        boolean bare = bytes.length == 0 && !(request.body() instanceof RequestBody.Streamed);
        opened.writeAndFlush(new DefaultHttp2HeadersFrame(Http2RequestHeaders.of(request), bare)).addListener(sent -> {
            if (!sent.isSuccess()) refused(sent.cause());
        });
        if (bytes.length > 0) write(opened, Unpooled.wrappedBuffer(bytes), true);
        next.complete();
    }

    /** A stream that could not even begin was not seen by the server: another connection may carry the request. */
    private void refused(Throwable cause) {
        connection.leave();
        fail(new Unanswered(cause instanceof IOException known ? known : new IOException(cause.getMessage(), cause), true));
    }

    private void write(Channel opened, ByteBuf part, boolean last) {
        opened.writeAndFlush(new DefaultHttp2DataFrame(part, last)).addListener(_ -> {
            timeout.heard();
            next.complete();
        });
    }

    /** Sends pieces as fast as the server's window lets them go. On the user's thread. */
    private void sendChunks(InputStream chunks, UserRuntime runtime) throws IOException {
        var piece = new byte[PIECE];
        next.await(runtime, 0);
        while (!over) {
            int count = runtime.<Integer, IOException>blocking(() -> chunks.read(piece));
            var opened = stream;
            if (opened == null || over) return;
            var part = count < 0 ? Unpooled.EMPTY_BUFFER : Unpooled.copiedBuffer(piece, 0, count);
            next.reset();
            carrier.onLoop(() -> write(opened, part, count < 0));
            if (count < 0) return;
            if (!over) next.await(runtime, 0);
        }
    }

    private void timedOut() {
        var reading = stream;
        if (over || reading == null) return;
        if (reading.config().isAutoRead()) {
            fail(new SocketTimeoutException(String.format(Locale.ROOT, "Read timed out. (read timeout=%.1f)", timeout.seconds())));
            reading.close();
        } else {
            // It is the reader of the stream who is slow, not the server.
            timeout.start(request.readTimeoutNanos());
        }
    }

    @Override public void handlerAdded(ChannelHandlerContext context) {
        stream = context.channel();
    }

    @Override public void channelRead(ChannelHandlerContext context, Object message) throws IOException {
        answered = true;
        timeout.heard();
        try {
            switch (message) {
                case Http2HeadersFrame frame -> head(context, frame);
                case Http2DataFrame frame -> data(frame);
                default -> {}
            }
        } finally {
            ReferenceCountUtil.release(message);
        }
    }

    /** Reads the head of an answer. What comes after its body are trailers, which are left aside as in HTTP/1.1. */
    private void head(ChannelHandlerContext context, Http2HeadersFrame frame) throws IOException {
        if (!headDone) {
            status = Http2RequestHeaders.status(frame.headers());
            if (status >= 200) {
                headDone = true;
                announced = frame.headers().getLong("content-length", -1);
                frame.headers().forEach(header -> {
                    if (header.getKey().length() > 0 && header.getKey().charAt(0) != ':') {
                        headers.add(header.getKey().toString());
                        headers.add(header.getValue().toString());
                    }
                });
                if (request.stream()) begin(context.channel());
            }
        }
        if (frame.isEndStream()) end();
    }

    private void begin(Channel reading) {
        streamed = new StreamedBody(reading, carrier, reading::close);
        endNanos = carrier.ioNanos();
        signal.complete();
    }

    private void data(Http2DataFrame frame) throws IOException {
        if (over) return;
        var later = streamed;
        if (later == null) {
            body.add(frame.content(), announced);
        } else {
            var piece = new byte[frame.content().readableBytes()];
            frame.content().readBytes(piece);
            later.piece(piece, 0, piece.length);
        }
        if (frame.isEndStream()) end();
    }

    private void end() {
        if (over) return;
        if (streamed == null) {
            body.complete();
            endNanos = carrier.ioNanos();
        }
        finish(null);
    }

    private void fail(Throwable problem) {
        if (over) return;
        finish(problem);
    }

    private void finish(@Nullable Throwable problem) {
        over = true;
        timeout.cancel();
        var later = streamed;
        if (problem == null) {
            signal.complete();
        } else {
            body.cutOff();
            signal.fail(problem);
        }
        next.complete();
        if (later != null) later.end(problem);
    }

    /** Fails for good when a part of the answer has come, else so that it may be tried elsewhere. */
    private void broken(IOException problem, boolean unseen) {
        fail(answered ? problem : new Unanswered(problem, unseen));
    }

    @Override public void userEventTriggered(ChannelHandlerContext context, Object event) {
        switch (event) {
            case Http2ResetFrame reset -> {
                var error = Http2Error.valueOf(reset.errorCode());
                var problem = new IOException("The server reset the stream: " + error);
                if (error == Http2Error.REFUSED_STREAM) {
                    broken(problem, true);
                } else {
                    fail(problem);
                }
            }
            case Http2GoAwayFrame _ -> broken(new IOException("The server is leaving and did not take the request on."), true);
            default -> {}
        }
        ReferenceCountUtil.release(event);
    }

    @Override public void channelInactive(ChannelHandlerContext context) {
        broken(new IOException("The server closed the connection before its answer was complete."), false);
    }

    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        fail(cause);
        context.close();
    }
}
