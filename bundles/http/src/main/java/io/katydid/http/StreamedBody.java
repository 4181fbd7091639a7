package io.katydid.http;

import io.katydid.carrier.Carrier;
import io.netty.channel.Channel;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** Holds the pieces of a body between its loop and its reader. When the reader is slow, the loop stops reading. */
final class StreamedBody extends InputStream implements BodySink {
    private static final int MANY = 64;
    private static final byte[] END = {};
    private final LinkedBlockingQueue<byte[]> pieces = new LinkedBlockingQueue<>();
    private final Channel channel;
    private final Carrier carrier;
    private volatile boolean paused;
    private volatile @Nullable Throwable failure;
    private volatile boolean ended;
    private byte[] current = {};
    private int at;
    private boolean finished;
    private final Runnable abandon;
    private final List<Runnable> onEnd = new ArrayList<>(2);

    /** Makes one that is read from this channel, and given up by this action. */
    StreamedBody(Channel channel, Carrier carrier, Runnable abandon) {
        this.abandon = abandon;
        this.channel = channel;
        this.carrier = carrier;
    }

    /** Says what else to do when the body was read or closed. */
    void onEnd(Runnable action) {
        onEnd.add(action);
    }

    @Override public void piece(byte[] buffer, int from, int to) {
        if (to == from) return;
        pieces.add(Arrays.copyOfRange(buffer, from, to));
        if (paused || pieces.size() <= MANY) return;
        paused = true;
        channel.config().setAutoRead(false);
        // A reader in another thread may have taken everything meanwhile, and waits.
        resumeIfFew();
    }

    private void resumeIfFew() {
        if (paused && pieces.size() < MANY / 2) carrier.execute(this::resume);
    }

    private void resume() {
        if (!paused) return;
        paused = false;
        channel.config().setAutoRead(true);
    }

    void end(@Nullable Throwable problem) {
        failure = problem;
        ended = true;
        pieces.add(END);
    }

    @Override public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) return 0;
        if (!fill()) return -1;
        int count = Math.min(length, current.length - at);
        System.arraycopy(current, at, target, offset, count);
        at += count;
        return count;
    }

    private boolean fill() throws IOException {
        while (at == current.length) {
            if (finished) return false;
            try {
                current = pieces.take();
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading the body");
            }
            at = 0;
            if (current.length == 0) return finish();
            resumeIfFew();
        }
        return true;
    }

    private boolean finish() throws IOException {
        finished = true;
        onEnd.forEach(Runnable::run);
        var problem = failure;
        if (problem != null) throw problem instanceof IOException io ? io : new IOException(problem);
        return false;
    }

    @Override public void close() {
        if (finished) return;
        finished = true;
        // What was not read would have to be read first: a new connection is cheaper.
        if (!ended) abandon.run();
        if (paused) carrier.execute(this::resume);
        onEnd.forEach(Runnable::run);
    }
}
