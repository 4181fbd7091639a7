package io.katydid.kernel.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SecondCountsTest {
    private static final long NOW = 1_800_000_000L;

    @Test void addsUpLikeAMapWhateverTheOrder() {
        var random = new Random(7);
        for (int round = 0; round < 200; round++) {
            var expected = new TreeMap<Long, Long>();
            var counts = SecondCounts.NONE;
            for (int i = 0; i < 100; i++) {
                long second = NOW + random.nextInt(round * 5 + 1) - round;
                int count = random.nextInt(3);
                counts = random.nextBoolean() ? counts.plus(second, count) : SecondCounts.NONE.plus(second, count).plus(counts);
                if (count > 0) expected.merge(second, (long) count, Long::sum);
            }
            assertThat(counts.map()).isEqualTo(expected);
            long from = NOW - round + random.nextInt(20) - 10;
            long to = from + 1 + random.nextInt(600);
            double mean = expected.subMap(from, to).values().stream().mapToLong(Long::longValue).sum() / (double) (to - from);
            assertThat(counts.mean(from, to)).isEqualTo(mean);
        }
    }

    @Test void anEarlierStateDoesNotSeeWhatIsAddedLater() {
        var before = SecondCounts.NONE.plus(NOW, 1);
        var after = before.plus(NOW, 5).plus(NOW + 1, 2).plus(NOW - 500, 3);
        assertThat(before.map()).containsOnlyKeys(NOW).containsValue(1L);
        assertThat(after.map()).hasSize(3).containsEntry(NOW, 6L);
    }

    @Test void nothingHasAMeanOfZero() {
        assertThat(SecondCounts.NONE.mean(NOW, NOW + 10)).isZero();
        assertThat(SecondCounts.NONE.plus(NOW, 4).mean(NOW + 5, NOW + 5)).isZero();
    }
}
