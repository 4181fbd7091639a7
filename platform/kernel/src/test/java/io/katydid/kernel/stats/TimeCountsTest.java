package io.katydid.kernel.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.Deflater;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.IntCountsHistogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** Compares with the library, which reads and writes the same bytes. */
class TimeCountsTest {

    @Test void whatIsEncodedIsTheLibrarysAndComesBackAsItWas() throws Exception {
        for (int seed = 1; seed <= 300; seed++) {
            var random = new Random(seed);
            var histogram = new IntCountsHistogram(3);
            var same = new Histogram(3);
            for (int i = random.nextInt(500); i > 0; i--) {
                long micros = 1 + (long) Math.exp(random.nextDouble() * 29);
                long count = random.nextInt(20) == 0 ? random.nextInt(1_000_000) : 1;
                histogram.recordValueWithCount(micros, count);
                same.recordValueWithCount(micros, count);
            }
            var counts = TimeCounts.of(histogram);
            var encoded = counts.encoded();
            assertThat(Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0)).as("seed %d", seed).isEqualTo(same);
            assertThat(TimeCounts.decode(encoded)).isEqualTo(counts);
            assertThat(counts.count()).isEqualTo(same.getTotalCount());
            // The library's own bytes, which name another range when the histogram has one.
            var wide = new Histogram(1L << 43, 3);
            wide.add(same.copy());
            var buffer = ByteBuffer.allocate(wide.getNeededByteBufferCapacity());
            int length = wide.encodeIntoCompressedByteBuffer(buffer);
            assertThat(TimeCounts.decode(Arrays.copyOf(buffer.array(), length))).isEqualTo(counts);
            figures(new HdrLatency(counts), same);
            var back = new IntCountsHistogram(3);
            counts.addTo(back);
            assertThat(back).isEqualTo(histogram);
        }
    }

    private static void figures(HdrLatency mine, Histogram library) {
        if (library.getTotalCount() == 0) {
            assertThat(List.of(mine.minMs(), mine.maxMs(), mine.meanMs(), mine.stdDeviationMs(), mine.percentileMs(0.5)))
                .containsOnly(Double.NaN);
            return;
        }
        assertThat(mine.minMs()).isEqualTo(library.getMinValue() / 1000.0);
        assertThat(mine.maxMs()).isEqualTo(library.getMaxValue() / 1000.0);
        assertThat(mine.meanMs()).isCloseTo(library.getMean() / 1000.0, Percentage.withPercentage(1e-9));
        assertThat(mine.stdDeviationMs()).isCloseTo(library.getStdDeviation() / 1000.0, Percentage.withPercentage(1e-7));
        for (double p : new double[]{0, 0.001, 0.05, 0.1, 0.25, 0.5, 0.66, 0.75, 0.9, 0.95, 0.99, 0.999, 0.9999, 1}) {
            assertThat(mine.percentileMs(p)).as("percentile %s", p).isEqualTo(library.getValueAtPercentile(p * 100) / 1000.0);
            double ms = library.getValueAtPercentile(p * 100) / 1000.0;
            assertThat(mine.countUpTo(ms)).isEqualTo(library.getCountBetweenValues(0, (long) (ms * 1000)));
        }
        assertThat(mine.countUpTo(0)).isZero();
    }

    @Test void twoTogetherAreTheSumOfBoth() {
        for (int seed = 1; seed <= 300; seed++) {
            var random = new Random(seed);
            var one = new Histogram(3);
            var other = new Histogram(3);
            for (int i = random.nextInt(100); i > 0; i--) one.recordValue(1 + random.nextInt(5000));
            for (int i = random.nextInt(100); i > 0; i--) other.recordValue(1 + random.nextInt(5000));
            var sum = TimeCounts.of(one).plus(TimeCounts.of(other));
            assertThat(sum.minus(TimeCounts.of(one))).isEqualTo(TimeCounts.of(other));
            one.add(other);
            assertThat(sum).as("seed %d", seed).isEqualTo(TimeCounts.of(one));
            assertThat(TimeCounts.sum(List.of(sum, TimeCounts.NONE, sum))).isEqualTo(sum.plus(sum));
            assertThat(TimeCounts.sum(List.of())).isEqualTo(TimeCounts.NONE);
        }
    }

    @Test void roundedTimesAreAtTheirBucketsValue() {
        var expected = new Histogram(3);
        expected.recordValueWithCount(1, 2);
        expected.recordValueWithCount(3_400_000, 5);
        expected.recordValueWithCount(2_000_000_000, 1);
        assertThat(TimeCounts.ofRounded(Map.of(3400L, 5L, 0L, 2L, 2_000_000L, 1L, 9L, 0L))).isEqualTo(TimeCounts.of(expected));
        var random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            long millis = (long) Math.exp(random.nextDouble() * 21);
            assertThat(TimeCounts.ofRounded(Map.of(millis, 1L)).toString())
                .isEqualTo("{" + expected.lowestEquivalentValue(Math.max(1, millis * 1000)) + "=1}");
        }
    }

    @Test void bytesThatAreNoHistogramAreRefusedWithoutMemoryForWhatTheyClaim() {
        var good = TimeCounts.ofRounded(Map.of(5L, 1L, 900L, 4L)).encoded();
        int refused = 0;
        for (int length = 0; length < good.length - 1; length++) {
            refuses(Arrays.copyOf(good, length), "The histogram ");
            refused++;
        }
        assertThat(refused).isGreaterThan(30);
        refuses(header(bytes -> bytes.putInt(0, 7)), "is no V2 histogram");
        refuses(header(bytes -> bytes.putInt(8, 1)), "has a moved index");
        refuses(header(bytes -> bytes.putInt(12, 5)), "has not three digits");
        refuses(header(bytes -> bytes.putLong(16, 1000)), "does not begin at a microsecond");
        refuses(header(bytes -> bytes.putDouble(32, 2)), "has a scale");
        refuses(header(bytes -> bytes.putInt(4, 1000)), "claims more counts than it has");
        refuses(header(bytes -> bytes.putInt(4, -1)), "claims more counts than it has");
        // A range of 2^62 alone is nothing: no value of it is there.
        assertThat(TimeCounts.decode(header(bytes -> bytes.putLong(24, 1L << 62)))).isEqualTo(TimeCounts.NONE);
        refuses(counts(-40_000L, 1L), "skips 40000 places");
        refuses(counts(-33_000L, -33_000L, 1L), "has values above 4398046511104 µs");
        refuses(counts(1L, Long.MAX_VALUE), "counts more than 2147483647");
        refuses(counts(2_000_000_000L, 2_000_000_000L), "counts more than 2147483647");
        refuses(deflated(new byte[50_000_000]), "is longer than one of 4398046511104 µs");
    }

    @Test void anyBytesAtAllAreReadOrRefused() {
        var random = new Random(7);
        var good = TimeCounts.ofRounded(Map.of(5L, 1L, 900L, 4L)).encoded();
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            var raw = new byte[random.nextInt(60)];
            random.nextBytes(raw);
            var bytes = i % 2 == 0 ? raw : good.clone();
            if (i % 2 == 1) bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            if (i % 4 == 1) bytes = counts(random.longs(5).map(number -> number >> random.nextInt(64)).boxed().toArray(Long[]::new));
            try {
                assertThat(TimeCounts.decode(bytes).count()).isBetween(0L, (long) Integer.MAX_VALUE);
                read++;
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageStartingWith("The histogram ");
            }
        }
        assertThat(read).isBetween(50, 19_000);
    }

    private static void refuses(byte[] bytes, String why) {
        assertThatIllegalArgumentException().isThrownBy(() -> TimeCounts.decode(bytes)).withMessageContaining(why);
    }

    private static byte[] header(Consumer<ByteBuffer> change) {
        var bytes = empty(0);
        change.accept(bytes);
        return deflated(bytes.array());
    }

    private static ByteBuffer empty(int payload) {
        return ByteBuffer.allocate(40 + payload).putInt(0x1c849313).putInt(payload).putInt(0).putInt(3).putLong(1).putLong(3_600_000_000L)
            .putDouble(1);
    }

    /** Writes numbers as the encoding does. */
    private static byte[] counts(Long... numbers) {
        var payload = new ByteArrayOutputStream();
        for (long number : numbers) {
            long rest = number << 1 ^ number >> 63;
            for (int i = 0; i < 8 && (rest & ~0x7fL) != 0; i++) {
                payload.write((int) (rest & 0x7f | 0x80));
                rest >>>= 7;
            }
            payload.write((int) rest);
        }
        var bytes = empty(payload.size());
        bytes.put(payload.toByteArray());
        return deflated(bytes.array());
    }

    private static byte[] deflated(byte[] content) {
        try (var deflater = new Deflater()) {
            deflater.setInput(content);
            deflater.finish();
            var out = new byte[content.length + 100];
            int length = deflater.deflate(out);
            return ByteBuffer.allocate(8 + length).putInt(0x1c849314).putInt(length).put(out, 0, length).array();
        }
    }
}
