package io.katydid.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;
import java.nio.ByteBuffer;

/**
 * Lends the plain connections of a loop one buffer to read into: what a read brings is taken out of it before the next read begins. Should somebody keep it, the
 * next read gets another one.
 */
final class ReadBuffer extends DefaultMaxMessagesRecvByteBufAllocator {
    static final ReadBuffer OF_THE_LOOP = new ReadBuffer();
    private static final int SIZE = 64 * 1024;
    /** Is the JDK's own memory, which goes when its loop's thread has gone. */
    private static final ThreadLocal<ByteBuf> SHARED = ThreadLocal
        .withInitial(() -> Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(SIZE)));

    private ReadBuffer() {}

    @Override public Handle newHandle() {
        return new MaxMessageHandle() {
            @Override public int guess() { return SIZE; }

            @Override public ByteBuf allocate(ByteBufAllocator allocator) {
                var shared = SHARED.get();
                return shared.refCnt() == 1 ? shared.retain().clear() : super.allocate(allocator);
            }
        };
    }
}
