package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.launcher.YoungGeneration.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class YoungGenerationTest {
    private static final long MB = 1 << 20;
    private final Collections collections = new Collections();

    @Test void manyCollectionsInLittleTimeAreTooMany() {
        assertThat(firstTooOften(60, 0)).isEqualTo(33);
    }

    @Test void slowOnesAreNot() {
        assertThat(firstTooOften(63, 0)).isZero();
    }

    @Test void whatIsKeptIsNotHelped() {
        assertThat(firstTooOften(10, 2 * MB)).isZero();
    }

    @Test void oneThatKeepsMuchStartsItAnew() {
        IntStream.range(0, 20).forEach(at -> assertThat(collections.tooOften(at, 0)).isFalse());
        assertThat(collections.tooOften(20, 2 * MB)).isFalse();
        assertThat(firstTooOften(10, MB)).isEqualTo(33);
    }

    @Test void theOldGenerationBecomes128Megabytes() {
        assertThat(YoungGeneration.freePercent(16 * MB)).isEqualTo(88);
        assertThat(YoungGeneration.freePercent(0)).isEqualTo(95);
        assertThat(YoungGeneration.freePercent(500 * MB)).isZero();
    }

    /** Gives the number of the first of a thousand collections that came too soon; 0 when none did. */
    private int firstTooOften(long millisApart, long kept) {
        return IntStream.rangeClosed(1, 1_000).filter(number -> collections.tooOften(1_000_000 + number * millisApart, kept)).findFirst()
            .orElse(0);
    }
}
