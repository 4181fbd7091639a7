package io.katydid.http;

import java.lang.ref.SoftReference;
import java.util.ArrayDeque;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lends arrays to the connections of a loop, one at a time to each, and keeps those that come back. They hold what came before; nothing is cleared. What is at rest
 * is the first to go when memory is short. Each thread has its own.
 */
final class LentArrays {
    /** Is the size of the smallest, in bytes; there are sizes of 2, 4, 8 … times as much. */
    static final int SMALLEST = 128 << 10;
    /** Is the size of the largest, in bytes. A larger body has its own array from the beginning. */
    static final int LARGEST = 16 << 20;
    /** Is how much of the heap arrays at rest may take, on each loop. */
    private static final int PART_OF_HEAP = 16;
    private static final int SIZES = Integer.numberOfTrailingZeros(LARGEST / SMALLEST) + 1;
    /** Consists of the JDK's own types, which keep no class of this bundle. */
    private static final ThreadLocal<@Nullable SoftReference<ArrayDeque<byte[]>[]>> AT_REST = new ThreadLocal<>();

    private LentArrays() {}

    /** Lends an array of at least so many bytes, {@link #LARGEST} at most. */
    static byte[] borrow(int bytes) {
        int place = place(bytes);
        var array = atRest()[place].poll();
        return array == null ? new byte[SMALLEST << place] : array;
    }

    /** Takes one back, for the next. */
    static void giveBack(byte[] array) {
        var all = atRest();
        if (resting(all) + array.length <= Runtime.getRuntime().maxMemory() / PART_OF_HEAP) all[place(array.length)].push(array);
    }

    /** Gives the place of the smallest size that is enough. */
    private static int place(int bytes) {
        int times = Math.ceilDiv(Math.max(bytes, SMALLEST), SMALLEST);
        return Integer.SIZE - Integer.numberOfLeadingZeros(times - 1);
    }

    private static long resting(ArrayDeque<byte[]>[] all) {
        long bytes = 0;
        for (int place = 0; place < SIZES; place++) bytes += (long) all[place].size() * (SMALLEST << place);
        return bytes;
    }

    private static ArrayDeque<byte[]>[] atRest() {
        var kept = AT_REST.get();
        var all = kept == null ? null : kept.get();
        if (all != null) return all;
        var fresh = none();
        AT_REST.set(new SoftReference<>(fresh));
        return fresh;
    }

    @SuppressWarnings("unchecked") // There are no arrays of generic types.
    private static ArrayDeque<byte[]>[] none() { return Stream.generate(ArrayDeque::new).limit(SIZES).toArray(ArrayDeque[]::new); }
}
