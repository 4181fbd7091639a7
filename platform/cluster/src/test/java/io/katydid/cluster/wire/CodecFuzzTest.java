package io.katydid.cluster.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.katydid.cluster.Corpus;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Gives the codec frames nobody meant, the same in each run: it must read or refuse them, soon, and within memory in proportion to the frame. Is also a target
 * of {@code distribution/bench/Fuzz.java}, which looks for other frames by what they reach in the code; the frames it kept are read here too.
 */
public class CodecFuzzTest {
    private static final int MUTATED = 500_000;
    private static final int RANDOM = 100_000;
    /** Is what a byte of a frame may cost: an empty list of one byte is a reference in its list's array, with its share of the growth. */
    private static final int BYTES_PER_BYTE = 100;
    private static final int BYTES_PER_FRAME = 40_000;
    private static final long SLOW_NANOS = 2_000_000_000L;
    private static final byte[] HEADERS = HexFormat.of().parseHex("c0c1c4c5c6c7c8c9cacbcccfd3d6d9dadbdcdddedf9080a0ff");
    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private int read;
    private int refused;
    /** Code that is instrumented takes memory of its own. */
    private boolean instrumented;

    /** Is what Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] frame) {
        var test = new CodecFuzzTest();
        test.instrumented = true;
        test.decode(frame);
    }

    @Test void theKeptFramesAreReadOrRefused() throws IOException {
        Corpus.of("frames").forEach(this::decode);
        assertThat(read).isGreaterThan(50);
        assertThat(refused).isGreaterThan(100);
    }

    private void decode(byte[] frame) {
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long began = System.nanoTime();
        try {
            var message = Codec.decode(frame);
            read++;
            checkAllocated(frame, allocated);
            var again = Codec.encode(message);
            if (!Arrays.equals(Codec.encode(Codec.decode(again)), again)) fail("not the same again: " + HexFormat.of().formatHex(frame));
        } catch (CorruptMessage why) {
            refused++;
            checkAllocated(frame, allocated);
            if (!why.getMessage().matches("(?s).*[.] (Send|Use) .*[.]")) fail("no remedy: " + why.getMessage());
        } catch (RuntimeException | Error problem) {
            fail("The frame " + HexFormat.of().formatHex(frame) + " broke the codec", problem);
        }
        // The first frame of its kind also loads the classes that read it.
        if (System.nanoTime() - began > SLOW_NANOS && nanos(frame) > SLOW_NANOS) fail("slow: " + HexFormat.of().formatHex(frame));
    }

    private void checkAllocated(byte[] frame, long before) {
        if (instrumented) return;
        long most = BYTES_PER_FRAME + (long) BYTES_PER_BYTE * frame.length;
        if (threads.getCurrentThreadAllocatedBytes() - before <= most) return;
        // The first frame of its kind also loads the classes that read it.
        long again = cost(frame);
        if (again > most) fail("%d bytes of memory for a frame of %d: %s", again, frame.length, HexFormat.of().formatHex(frame));
    }

    private long cost(byte[] frame) {
        long before = threads.getCurrentThreadAllocatedBytes();
        decodeOnly(frame);
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static long nanos(byte[] frame) {
        long began = System.nanoTime();
        decodeOnly(frame);
        return System.nanoTime() - began;
    }

    /** Nothing else may be in what is measured: an assertion that holds costs more than a frame. */
    private static void decodeOnly(byte[] frame) {
        try {
            Codec.decode(frame);
        } catch (CorruptMessage why) {
            // That is looked at where it is not measured.
        }
    }

    @Test void mutatedFramesAreReadOrRefused() throws IOException {
        var random = new Random(1_789);
        var seeds = seeds(random);
        for (int i = 0; i < MUTATED; i++) {
            var frame = seeds.get(random.nextInt(seeds.size())).clone();
            for (int times = 1 + random.nextInt(4); times > 0; times--) frame = mutated(frame, seeds, random);
            decode(frame);
        }
        assertThat(read + refused).isEqualTo(MUTATED);
        assertThat(read).isBetween(MUTATED / 20, MUTATED);
        assertThat(refused).isGreaterThan(MUTATED / 3);
    }

    @Test void randomBytesAreReadOrRefused() {
        var random = new Random(1_848);
        for (int i = 0; i < RANDOM; i++) {
            var frame = new byte[random.nextInt(64)];
            random.nextBytes(frame);
            // Most that do not begin as a message would end at the first byte.
            if (frame.length > 2 && random.nextInt(4) > 0) {
                frame[0] = (byte) 0x93;
                frame[1] = (byte) 0xa0;
            }
            decode(frame);
        }
        assertThat(read + refused).isEqualTo(RANDOM);
        assertThat(read).isPositive();
    }

    @Test void randomMessagesComeBack() throws CorruptMessage {
        var messages = new RandomMessages(new Random(1_905));
        for (int i = 0; i < 20_000; i++) {
            var message = messages.next();
            var frame = Codec.encode(message);
            assertThat(Codec.encode(Codec.decode(frame))).isEqualTo(frame);
            read++;
        }
        assertThat(read).isEqualTo(20_000);
    }

    private static List<byte[]> seeds(Random random) throws IOException {
        var seeds = new ArrayList<byte[]>();
        for (var line : Golden.lines().values()) if (!line.contains(" ")) seeds.add(Golden.bytes(line));
        // Times of the format itself, which nobody here writes.
        for (var time : List.of("d6ff6553f100", "d7ff000000046553f100", "c70cff0000000100000000655300f1",
            "c70cff000000007fffffff00000000")) {
            seeds.add(Golden.bytes("93a16e9181a161" + time + "a177"));
        }
        var messages = new RandomMessages(random);
        for (int i = 0; i < 100; i++) seeds.add(Codec.encode(messages.next()));
        return seeds;
    }

    private static byte[] mutated(byte[] frame, List<byte[]> seeds, Random random) {
        if (frame.length == 0) return frame;
        int at = random.nextInt(frame.length);
        switch (random.nextInt(7)) {
            case 0 -> frame[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> frame[at] = (byte) random.nextInt(256);
            case 2 -> frame[at] = HEADERS[random.nextInt(HEADERS.length)];
            case 3 -> {
                // A length that is far too large, or just beyond.
                for (int i = at; i < Math.min(frame.length, at + 4); i++) frame[i] = (byte) (random.nextBoolean() ? 0xff : 0);
            }
            case 4 -> {
                return Arrays.copyOf(frame, at);
            }
            case 5 -> {
                return joined(Arrays.copyOf(frame, at), Arrays.copyOfRange(frame, random.nextInt(frame.length), frame.length));
            }
            default -> {
                var other = seeds.get(random.nextInt(seeds.size()));
                return joined(Arrays.copyOf(frame, at), Arrays.copyOfRange(other, random.nextInt(other.length), other.length));
            }
        }
        return frame;
    }

    private static byte[] joined(byte[] one, byte[] other) {
        var both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }
}
