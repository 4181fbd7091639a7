package io.katydid.kernel.stats;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Reads a compressed HdrHistogram V2 that somebody sent. The library would allocate whatever range the bytes claim; this reads at most {@value #MOST_BYTES}
 * bytes and keeps only values that occur.
 */
final class HdrDecoder {
    /** Is the longest time that is taken, in microseconds: about 50 days. */
    static final long LONGEST_MICROS = 1L << 42;
    /** Bounds the sum of all counts. */
    static final long MOST_COUNTS = Integer.MAX_VALUE;
    private static final int COOKIE = 0x1c849303 | 0x10;
    private static final int COMPRESSED_COOKIE = 0x1c849304 | 0x10;
    private static final int HEADER = 40;
    private static final int PLACES = (42 - 10 + 1) * 1024;
    private static final int MOST_BYTES = HEADER + PLACES * 3;
    /** Is kept, and used under its own monitor: to make one costs as much as a report's histogram. A master reads on one thread. */
    private static final Inflater INFLATER = new Inflater();
    private int[] at = new int[64];
    private long[] counts = new long[64];
    private int length;
    private long total;

    private HdrDecoder() {}

    static TimeCounts decode(byte[] encoded) {
        try {
            return new HdrDecoder().read(ByteBuffer.wrap(encoded));
        } catch (BufferUnderflowException | DataFormatException problem) {
            throw new IllegalArgumentException("The histogram ends early or is not compressed as one: " + problem.getMessage(), problem);
        }
    }

    private TimeCounts read(ByteBuffer compressed) throws DataFormatException {
        require(compressed.getInt() == COMPRESSED_COOKIE, "is no compressed V2 histogram");
        int size = compressed.getInt();
        require(size >= 0 && size <= compressed.remaining(), "claims more bytes than it has");
        var bytes = inflate(compressed.array(), compressed.position(), size);
        require(bytes.getInt() == COOKIE, "is no V2 histogram");
        int payload = bytes.getInt();
        require(bytes.getInt() == 0, "has a moved index");
        require(bytes.getInt() == TimeCounts.DIGITS, "has not three digits");
        require(bytes.getLong() == 1, "does not begin at a microsecond");
        bytes.getLong(); // The highest value it could have kept; what it did keep is bounded below.
        require(bytes.getDouble() == 1, "has a scale");
        require(payload >= 0 && payload <= bytes.remaining(), "claims more counts than it has");
        bytes.limit(bytes.position() + payload);
        counts(bytes);
        return TimeCounts.of(at, counts, length);
    }

    private static ByteBuffer inflate(byte[] from, int offset, int size) throws DataFormatException {
        synchronized (INFLATER) {
            INFLATER.reset();
            INFLATER.setInput(from, offset, size);
            var bytes = new byte[4096];
            int filled = 0;
            while (true) {
                int some = INFLATER.inflate(bytes, filled, bytes.length - filled);
                filled += some;
                if (INFLATER.finished()) return ByteBuffer.wrap(bytes, 0, filled);
                if (filled == bytes.length) {
                    require(filled < MOST_BYTES, "is longer than one of " + LONGEST_MICROS + " µs");
                    bytes = Arrays.copyOf(bytes, Math.min(MOST_BYTES, filled * 4));
                } else if (some == 0) {
                    throw new BufferUnderflowException();
                }
            }
        }
    }

    /** Reads numbers: a positive one is the count of the next place, a negative one so many places without any. */
    private void counts(ByteBuffer bytes) {
        long place = 0;
        while (bytes.hasRemaining()) {
            long number = zigZag(bytes);
            if (number < 0) {
                require(number >= -PLACES, "skips " + -number + " places");
                place -= number;
            } else {
                if (number > 0) add(place, number);
                place++;
            }
            require(place <= PLACES, "has values above " + LONGEST_MICROS + " µs");
        }
    }

    private void add(long place, long count) {
        require(place < PLACES, "has values above " + LONGEST_MICROS + " µs");
        require(count <= MOST_COUNTS && (total += count) <= MOST_COUNTS, "counts more than " + MOST_COUNTS);
        if (length == at.length) {
            at = Arrays.copyOf(at, length * 2);
            counts = Arrays.copyOf(counts, length * 2);
        }
        at[length] = (int) place;
        counts[length++] = count;
    }

    private static long zigZag(ByteBuffer bytes) {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            long next = bytes.get();
            if (shift == 56) {
                number |= next << 56;
                break;
            }
            number |= (next & 0x7f) << shift;
            if (next >= 0) break;
        }
        return number >>> 1 ^ -(number & 1);
    }

    private static void require(boolean is, String what) {
        if (!is) throw new IllegalArgumentException("The histogram " + what + ".");
    }
}
