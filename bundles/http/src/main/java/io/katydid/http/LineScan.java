package io.katydid.http;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line ends eight bytes at a time. */
final class LineScan {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGH = 0x8080808080808080L;

    private LineScan() {
    }

    /** Returns the place of the first line feed, or {@code to}. */
    static int lineFeed(byte[] bytes, int from, int to) {
        int at = from;
        for (; at + 8 <= to; at += 8) {
            long differs = (long) LONGS.get(bytes, at) ^ LINE_FEEDS;
            long found = differs - ONES & ~differs & HIGH;
            if (found != 0)
                return at + (Long.numberOfTrailingZeros(found) >>> 3);
        }
        while (at < to && bytes[at] != '\n')
            at++;
        return at;
    }
}
