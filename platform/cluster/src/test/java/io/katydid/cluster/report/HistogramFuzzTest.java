package io.katydid.cluster.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.cluster.Corpus;
import io.katydid.kernel.stats.TimeCounts;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

/**
 * Reads compressed histograms nobody meant: each is read or refused, and what is read can be written and read again. What comes is compressed here, for no
 * mutation of compressed bytes gets past their checksum. Is a target of {@code distribution/bench/Fuzz.java}, whose kept histograms are read here.
 */
public class HistogramFuzzTest {
    private static final int COMPRESSED_COOKIE = 0x1c849304 | 0x10;

    /** Is what Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] histogram) {
        isRead(histogram);
    }

    private static boolean isRead(byte[] histogram) {
        TimeCounts counts;
        try {
            counts = TimeCounts.decode(compressed(histogram));
        } catch (IllegalArgumentException refused) {
            assertThat(refused).hasMessageMatching("(?s)The histogram .*[a-z.]");
            return false;
        }
        assertThat(counts.count()).isNotNegative();
        assertThat(TimeCounts.decode(counts.encoded())).isEqualTo(counts);
        assertThat(counts.plus(counts).count()).isEqualTo(2 * counts.count());
        return true;
    }

    private static byte[] compressed(byte[] histogram) {
        try (var deflater = new Deflater()) {
            deflater.setInput(histogram);
            deflater.finish();
            var bytes = new byte[histogram.length + histogram.length / 10 + 64];
            int length = deflater.deflate(bytes);
            return ByteBuffer.allocate(8 + length).putInt(COMPRESSED_COOKIE).putInt(length).put(bytes, 0, length).array();
        }
    }

    @Test void theKeptHistogramsAreReadOrRefused() throws Exception {
        int read = 0;
        int refused = 0;
        for (var histogram : Corpus.of("histograms")) {
            if (isRead(histogram)) read++;
            else refused++;
        }
        assertThat(read).isGreaterThan(10);
        assertThat(refused).isGreaterThan(10);
    }
}
