package io.katydid.kernel.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Compares with a plain map, over times from nothing to weeks. */
class BucketsTest {

    @Test void countsAsAMapOfRoundedTimesDoes() {
        for (int seed = 1; seed <= 300; seed++) {
            var random = new Random(seed);
            var early = new Buckets();
            var later = new Buckets();
            var expected = new TreeMap<Long, Long>();
            var expectedEarly = new TreeMap<Long, Long>();
            for (int i = random.nextInt(300); i > 0; i--) {
                double millis = Math.exp(random.nextDouble() * 22);
                expected.merge(Buckets.round(millis), 1L, Long::sum);
                if (random.nextBoolean()) {
                    early.add(millis);
                    expectedEarly.merge(Buckets.round(millis), 1L, Long::sum);
                } else {
                    later.add(Buckets.round(millis), 1);
                }
            }
            var all = early.plus(later);
            assertThat(all.map()).as("seed %d", seed).isEqualTo(expected);
            assertThat(all.minus(later).map()).isEqualTo(expectedEarly);
            var absorbed = new Buckets();
            absorbed.absorb(early);
            absorbed.absorb(later);
            assertThat(absorbed.map()).isEqualTo(expected);
            long total = expected.values().stream().mapToLong(Long::longValue).sum();
            assertThat(all.total()).isEqualTo(total);
            for (double p : new double[]{0, 0.1, 0.5, 0.9, 0.99, 1})
                assertThat(all.percentile(p)).isEqualTo(percentile(expected, total, p));
            absorbed.clear();
            assertThat(absorbed.map()).isEmpty();
        }
    }

    private static long percentile(TreeMap<Long, Long> counts, long total, double p) {
        long seen = 0;
        for (var bucket : counts.descendingMap().entrySet()) {
            seen += bucket.getValue();
            if (total - seen <= (long) (total * p)) return bucket.getKey();
        }
        return 0;
    }

    @Test void theMiddleMayBeDaysAway() {
        var buckets = new Buckets();
        buckets.add(5, 1);
        buckets.add(600_000_000_123L, 2);
        assertThat(buckets.median()).isEqualTo(600_000_000_000L);
        assertThat(buckets.percentile(1)).isEqualTo(600_000_000_000L);
    }
}
