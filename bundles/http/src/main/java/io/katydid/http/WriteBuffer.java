package io.katydid.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * Lends the connections of a loop one buffer to write from: most often a socket takes all of it at once. While a slow server has one of its writes wait, the
 * others get buffers of their own. On the loop only.
 */
final class WriteBuffer {
    private static final int SIZE = 128 * 1024;
    /** Is the JDK's own memory, which goes when its loop's thread has gone. */
    private static final ThreadLocal<ByteBuf> SHARED = ThreadLocal
        .withInitial(() -> Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(SIZE)));

    private WriteBuffer() {}

    /** Gives a buffer with these bytes; who writes it releases it. */
    static ByteBuf with(byte[] bytes, int length) {
        var shared = SHARED.get();
        return length > SIZE || shared.refCnt() > 1 ? Unpooled.directBuffer(length).writeBytes(bytes, 0, length)
            : shared.retain().clear().writeBytes(bytes, 0, length);
    }
}
