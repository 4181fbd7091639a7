package io.katydid.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is kept for workers does not grow without end. */
class PerWorkerTest {
    @Test void idsThatWereHeardOfLastAreKept() {
        var kept = new PerWorker<Integer>();
        for (int i = 0; i < 3 * PerWorker.MOST; i++) {
            int number = i;
            kept.of("w" + i, _ -> number);
            assertThat(kept.of("often", _ -> number)).isZero();
        }
        assertThat(kept.find("w0")).isEmpty();
        assertThat(kept.find("w" + (3 * PerWorker.MOST - 1))).contains(3 * PerWorker.MOST - 1);
        assertThat(kept.find("w" + 2 * PerWorker.MOST)).isEmpty();
        assertThat(kept.find("w" + (2 * PerWorker.MOST + 2))).isPresent();
    }
}
