package io.katydid.http;

import io.katydid.api.StopUser;
import io.katydid.api.spi.UserRuntime;
import io.katydid.carrier.Carrier;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Is an HTTP/1.1 connection on its user's loop: the user parks, the loop encodes and writes at once, and the read unparks the user. No other thread has part in it.
 * One request at a time.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements HttpConnection {
    private static final int SCRATCH = 64 * 1024;
    /** A body of up to so many bytes is copied behind its head, so that both are one write. */
    private static final int COPIED = 64 * 1024;
    private static final int PIECE = 16 * 1024;
    /** A server that does not know {@code Expect} says nothing and waits for the body. */
    private static final long CONTINUE_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Reads happen on the loop's own thread only, so one buffer serves all its connections. */
    private static final ThreadLocal<byte[]> READ = ThreadLocal.withInitial(() -> new byte[SCRATCH]);
    /** Each request is written as soon as it is encoded, so here too. An encoder instead would keep this bundle's classes for as long as the thread lives. */
    private static final ThreadLocal<byte[]> WRITE = ThreadLocal.withInitial(() -> new byte[2 * COPIED]);
    private final Carrier carrier;
    private final Channel channel;
    private final Http1ResponseDecoder decoder = new Http1ResponseDecoder();
    private final Signal signal = new Signal();
    /** Is done when a part of a body may follow: the server wants it, or the part before has gone. */
    private final Signal next = new Signal();
    private final ReadTimeout timeout;
    private final Runnable begin = this::begin;
    private volatile boolean inFlight;
    private volatile boolean over;
    private volatile boolean broken;
    private volatile boolean answered;
    private volatile boolean answering;
    private volatile boolean expecting;
    private volatile boolean lastRequest;
    private volatile long endNanos;
    private volatile @Nullable HttpRequest asked;
    private volatile @Nullable StreamedBody streamed;
    private volatile long readTimeoutNanos;
    private volatile long startNanos;

    Http1Connection(Carrier carrier, Channel channel) {
        this.carrier = carrier;
        this.channel = channel;
        timeout = new ReadTimeout(carrier, this::timedOut);
    }

    @Override public ServerResponse exchange(HttpRequest request, String name, List<Response> history, UserRuntime runtime)
        throws IOException {
        signal.reset();
        var body = request.stream() ? new StreamedBody(channel, carrier, this::close) : null;
        streamed = body;
        decoder.expect(request.method(), false, body);
        readTimeoutNanos = request.readTimeoutNanos();
        over = false;
        answered = false;
        answering = false;
        // Whoever asks the server to close has no more requests here, also when the server does not care.
        lastRequest = "close".equalsIgnoreCase(request.headers().first("Connection"));
        boolean expects = expectsContinue(request);
        if (expects) next.reset();
        expecting = expects;
        asked = request;
        carrier.onLoop(begin);
        try {
            if (expects) next.await(runtime, CONTINUE_NANOS);
            expecting = false;
            if (request.body() != null) sendBody(request.body(), expects, runtime);
            signal.await(runtime);
        } catch (StopUser stopped) {
            throw new CutOff();
        } catch (IOException problem) {
            close();
            throw problem;
        }
        var response = ReceivedResponse.of(decoder, request.url(), name, startNanos, endNanos, history);
        if (body != null) return new StreamedResponse(response, body);
        decoder.forget();
        return response;
    }

    private static boolean expectsContinue(HttpRequest request) {
        return request.body() != null && "100-continue".equalsIgnoreCase(request.headers().first("Expect"));
    }

    /** Writes the head, and what goes with it. A connection that closed since it was chosen is found out here, not by waiting. */
    private void begin() {
        var request = asked;
        asked = null;
        if (request == null) return;
        var encoder = new Http1RequestEncoder(WRITE.get());
        byte[] apart;
        try {
            apart = encode(request, encoder.head(request));
        } catch (RuntimeException | OutOfMemoryError problem) {
            // The user waits, and nobody else would tell it.
            fail(problem);
            return;
        }
        startNanos = System.nanoTime();
        inFlight = true;
        timeout.start(readTimeoutNanos, startNanos);
        if (!channel.isActive()) {
            fail(new HttpProtocolException("Remote end closed connection without response"));
            return;
        }
        channel.writeAndFlush(WriteBuffer.with(encoder.buffer(), encoder.length()), channel.voidPromise());
        if (apart != null) write(Unpooled.wrappedBuffer(apart));
    }

    /** Ends the head, with the body where that is known and not held back; gives a body that is too large to be copied behind it. */
    private static byte @Nullable [] encode(HttpRequest request, Http1RequestEncoder encoder) {
        switch (request.body()) {
            case null -> encoder.endWithoutBody(request.method());
            case RequestBody.Bytes(var type, var bytes) when bytes.length > COPIED || expectsContinue(request) -> {
                encoder.endHead(type, bytes.length);
                return expectsContinue(request) ? null : bytes;
            }
            case RequestBody.Bytes(var type, var bytes) -> encoder.end(type, bytes);
            case RequestBody.Streamed chunks -> encoder.endChunked(chunks.contentType());
        }
        return null;
    }

    /** Sends what did not go with the head, as long as there is no answer. */
    private void sendBody(RequestBody body, boolean expects, UserRuntime runtime) throws IOException {
        if (expects && answering) {
            // The server wants no body. It cannot know whether one comes nevertheless, so the connection is of no use any more.
            broken = true;
            return;
        }
        switch (body) {
            case RequestBody.Bytes(_, var bytes) -> {
                if (expects) carrier.onLoop(() -> write(Unpooled.wrappedBuffer(bytes)));
            }
            case RequestBody.Streamed(_, var stream) -> sendChunks(stream, runtime);
        }
    }

    private void sendChunks(InputStream stream, UserRuntime runtime) throws IOException {
        var piece = new byte[PIECE];
        var chunks = new Http1RequestEncoder();
        while (!over) {
            int count = runtime.<Integer, IOException>blocking(() -> stream.read(piece));
            send(count < 0 ? chunks.lastChunk() : chunks.chunk(piece, 0, count), runtime);
            if (count < 0) return;
        }
        // The whole answer came before the end of the body, which nobody will read.
        broken = true;
    }

    /** Waits until a part is with the operating system: a slow server slows the reading of the stream down. */
    private void send(Http1RequestEncoder part, UserRuntime runtime) throws IOException {
        var bytes = Unpooled.copiedBuffer(part.buffer(), 0, part.length());
        next.reset();
        carrier.onLoop(() -> write(bytes));
        if (!over) next.await(runtime, 0);
    }

    private void write(ByteBuf part) {
        channel.writeAndFlush(part).addListener(written -> {
            timeout.heard();
            if (!written.isSuccess() && inFlight) fail(written.cause());
            next.complete();
        });
    }

    private void timedOut() {
        if (!inFlight) return;
        if (channel.config().isAutoRead()) {
            fail(new SocketTimeoutException(String.format(Locale.ROOT, "Read timed out. (read timeout=%.1f)", timeout.seconds())));
        } else {
            // It is the reader of the stream who is slow, not the server.
            timeout.start(readTimeoutNanos);
        }
    }

    @Override public void channelRead(ChannelHandlerContext context, Object message) {
        var bytes = (ByteBuf) message;
        try {
            var buffer = READ.get();
            while (bytes.isReadable()) {
                int count = Math.min(buffer.length, bytes.readableBytes());
                bytes.readBytes(buffer, 0, count);
                read(buffer, count);
            }
        } finally {
            bytes.release();
        }
    }

    private void read(byte[] buffer, int count) {
        if (!inFlight) {
            broken = true;
            channel.close();
            return;
        }
        answered = true;
        timeout.heard();
        try {
            int used = decoder.feed(buffer, 0, count);
            if (used < count) {
                fail(new HttpProtocolException(
                    "The server sent " + (count - used) + " bytes that nobody asked for after a complete response: \""
                        + Excerpt.of(buffer, used, count) + "\"."));
            } else if (decoder.done()) {
                finish();
            } else {
                unfinished();
            }
        } catch (HttpProtocolException problem) {
            fail(problem);
        }
    }

    private void unfinished() {
        if (decoder.headDone()) {
            if (streamed != null && !signal.isDone()) {
                endNanos = carrier.ioNanos();
                signal.complete();
            }
            answering = true;
        }
        if (expecting && (answering || decoder.continued())) next.complete();
    }

    private void finish() {
        if (!signal.isDone()) endNanos = carrier.ioNanos();
        if (lastRequest || !decoder.keepAlive()) {
            broken = true;
            channel.close();
        }
        end(null);
    }

    private void fail(Throwable problem) {
        broken = true;
        decoder.cutOff();
        end(problem);
        channel.close();
    }

    /** Ends the exchange. Whoever waits may start the next one at once, so the last thing done here is to say so. */
    private void end(@Nullable Throwable problem) {
        var body = streamed;
        timeout.stop();
        inFlight = false;
        answering = true;
        over = true;
        next.complete();
        if (problem == null) {
            signal.complete();
        } else {
            signal.fail(problem);
        }
        if (body != null) body.end(problem);
    }

    @Override public void channelInactive(ChannelHandlerContext context) {
        broken = true;
        if (inFlight) {
            try {
                decoder.close();
                finish();
            } catch (HttpProtocolException problem) {
                fail(problem);
            }
        }
        timeout.cancel();
    }

    @Override public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (inFlight) {
            fail(cause);
        } else {
            broken = true;
            context.close();
        }
    }

    @Override public boolean reusable() { return !broken && !inFlight && channel.isActive(); }

    @Override public boolean answered() { return answered; }

    @Override public void close() {
        broken = true;
        carrier.onLoop(channel::close);
    }
}
