package io.katydid.http;

import io.katydid.api.spi.UserRuntime;
import io.katydid.carrier.Carrier;
import io.katydid.carrier.CarrierTimer;
import io.katydid.carrier.JdkThreads;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Is an HTTP/1.1 connection on its user's loop: the user's thread encodes and writes without a hand-off, parks, and is unparked by the read.
 * One request at a time.
 */
final class Http1Connection extends ChannelInboundHandlerAdapter implements HttpConnection {
    private static final int SCRATCH = 64 * 1024;
    /** Reads happen on the loop's own thread only, so one buffer serves all its connections. */
    private static final ThreadLocal<byte[]> READ = ThreadLocal.withInitial(() -> new byte[SCRATCH]);
    private final Carrier carrier;
    private final Channel channel;
    private final Http1RequestEncoder encoder = new Http1RequestEncoder();
    private final Http1ResponseDecoder decoder = new Http1ResponseDecoder();
    private final Signal signal = new Signal();
    private final ByteBuf out = Unpooled.directBuffer(512);
    private volatile boolean inFlight;
    private volatile boolean broken;
    private volatile long endNanos;
    private volatile @Nullable StreamedBody streamed;
    private volatile long deadlineNanos;
    private @Nullable CarrierTimer timer;

    Http1Connection(Carrier carrier, Channel channel) {
        this.carrier = carrier;
        this.channel = channel;
    }

    @Override public Response exchange(HttpRequest request, String name, List<Response> history, UserRuntime runtime) throws IOException {
        long start = System.nanoTime();
        signal.reset();
        var body = request.stream() ? new StreamedBody(this, channel) : null;
        streamed = body;
        decoder.expect(request.method(), false, body);
        encode(request);
        inFlight = true;
        if (request.readTimeoutNanos() > 0) watch(request.readTimeoutNanos());
        if (carrier.isCurrent()) {
            write();
        } else if (request.body() instanceof RequestBody.Streamed) {
            // The encoder is wanted for the first chunk before the loop may have taken the head out of it; both go the same way, in order.
            channel.writeAndFlush(Unpooled.copiedBuffer(encoder.buffer(), 0, encoder.length()));
        } else {
            carrier.execute(this::write);
        }
        try {
            if (request.body() instanceof RequestBody.Streamed chunks) sendChunks(chunks, runtime);
            signal.await(runtime);
        } catch (IOException problem) {
            broken = true;
            close();
            throw problem;
        }
        if (body != null)
            return new StreamedResponse(decoder.status(), decoder.reason(), decoder.headers(), request.url(), name, endNanos - start,
                history, body);
        return ReceivedResponse.of(decoder, request.url(), name, endNanos - start, history);
    }

    private void encode(HttpRequest request) {
        var url = request.url();
        if (request.host() == null && !request.viaProxy()) {
            encoder.begin(request.method(), url);
        } else {
            encoder.begin(request.method(), request.viaProxy() ? url.origin() + url.target() : url.target());
            encoder.header("Host", request.host() == null ? url.authority() : request.host());
        }
        encoder.lines(request.lines());
        if (request.cookie() != null) encoder.header("Cookie", request.cookie());
        if (request.authorization() != null) encoder.header("Authorization", request.authorization());
        switch (request.body()) {
            case null -> endWithoutBody(request.method());
            case RequestBody.Bytes(var type, var bytes) -> encoder.end(type, bytes);
            case RequestBody.Streamed chunks -> encoder.endChunked(chunks.contentType());
        }
    }

    private void endWithoutBody(String method) {
        switch (method) {
            case "POST", "PUT", "PATCH" -> encoder.endHead("", 0);
            default -> encoder.end();
        }
    }

    private void write() {
        if (out.refCnt() > 1) {
            // The last write is still on its way: only a server that answers before it has read leads here.
            write(Unpooled.copiedBuffer(encoder.buffer(), 0, encoder.length()));
            return;
        }
        out.clear().writeBytes(encoder.buffer(), 0, encoder.length());
        write(out.retain());
    }

    /** Handlers run on the user's stack; pinned, none of them can be left half-way for the loop to re-enter. */
    private void write(ByteBuf bytes) {
        JdkThreads.pin();
        try {
            channel.writeAndFlush(bytes, channel.voidPromise());
        } finally {
            JdkThreads.unpin();
        }
    }

    private void sendChunks(RequestBody.Streamed body, UserRuntime runtime) throws IOException {
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = runtime.blocking(() -> body.stream().read(buffer))) >= 0 && !signal.isDone()) send(encoder.chunk(buffer, 0, read));
        send(encoder.lastChunk());
    }

    private void send(Http1RequestEncoder part) throws IOException {
        var bytes = Unpooled.copiedBuffer(part.buffer(), 0, part.length());
        try {
            channel.writeAndFlush(bytes).sync();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while sending the body", interrupted);
        }
    }

    /** Keeps one timer per connection; a request only moves its deadline. */
    private void watch(long nanos) {
        deadlineNanos = System.nanoTime() + nanos;
        if (carrier.isCurrent()) {
            schedule(nanos);
        } else {
            carrier.execute(() -> schedule(nanos));
        }
    }

    private void schedule(long nanos) {
        if (timer != null) return;
        timer = carrier.after(nanos, () -> {
            timer = null;
            if (!inFlight) return;
            long left = deadlineNanos - System.nanoTime();
            if (left > 0) {
                schedule(left);
            } else {
                fail(new SocketTimeoutException(String.format(Locale.ROOT, "Read timed out. (read timeout=%.1f)", nanos / 1e9)));
            }
        });
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
        try {
            int used = decoder.feed(buffer, 0, count);
            if (used < count) {
                fail(new HttpProtocolException(
                    "The server sent " + (count - used) + " bytes that nobody asked for after a complete response: \""
                        + Excerpt.of(buffer, used, count) + "\"."));
            } else if (decoder.done()) {
                finish();
            } else if (streamed != null && decoder.headDone()) {
                headReady();
            }
        } catch (HttpProtocolException problem) {
            fail(problem);
        }
    }

    private void headReady() {
        if (signal.isDone()) return;
        endNanos = carrier.ioNanos();
        signal.complete();
    }

    private void finish() {
        if (!signal.isDone()) endNanos = carrier.ioNanos();
        inFlight = false;
        if (!decoder.keepAlive()) {
            broken = true;
            channel.close();
        }
        var body = streamed;
        if (body != null) body.end(null);
        signal.complete();
    }

    private void fail(Throwable problem) {
        broken = true;
        inFlight = false;
        var body = streamed;
        if (body != null) body.end(problem);
        signal.fail(problem);
        channel.close();
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
        if (out.refCnt() > 0) out.release();
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

    @Override public boolean answered() { return decoder.started(); }

    @Override public long endNanos() { return endNanos; }

    @Override public void close() {
        broken = true;
        channel.close();
    }
}
