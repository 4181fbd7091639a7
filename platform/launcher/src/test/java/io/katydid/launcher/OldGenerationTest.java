package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class OldGenerationTest {
    private static final long MB = 1 << 20;

    @Test void itMayDoubleAndNoLittleIsWorthAPause() {
        assertThat(OldGeneration.threshold(0, 4_000 * MB)).isEqualTo(96 * MB);
        assertThat(OldGeneration.threshold(40 * MB, 4_000 * MB)).isEqualTo(96 * MB);
        assertThat(OldGeneration.threshold(300 * MB, 4_000 * MB)).isEqualTo(600 * MB);
    }

    @Test void theHeapIsTheEnd() {
        assertThat(OldGeneration.threshold(3_000 * MB, 4_000 * MB)).isEqualTo(4_000 * MB);
        assertThat(OldGeneration.threshold(0, 64 * MB)).isEqualTo(64 * MB);
    }
}
