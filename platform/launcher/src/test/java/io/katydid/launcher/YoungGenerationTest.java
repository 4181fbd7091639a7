package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.launcher.YoungGeneration.Toll;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class YoungGenerationTest {
    private static final long MB = 1 << 20;
    private final Toll toll = new Toll();

    @Test void manyCollectionsThatKeepNothingAreTooMany() {
        assertThat(firstTooHigh(10, 0.7, 0)).as("after two seconds").isEqualTo(201);
        assertThat(firstTooHigh(80, 1, 0)).as("1.25 % of the time").isEqualTo(26);
    }

    @Test void thoseThatTakeLittleOfTheTimeAreNot() {
        assertThat(firstTooHigh(100, 0.7, 0)).isZero();
        assertThat(firstTooHigh(300, 5, 0)).as("few").isZero();
    }

    @Test void whatIsKeptIsNotHelped() {
        assertThat(firstTooHigh(10, 0.7, 2 * MB)).isZero();
    }

    @Test void oneThatKeepsMuchStartsItAnew() {
        IntStream.range(0, 20).forEach(at -> assertThat(toll.tooHigh(100L * at, 10L * at, 0)).isFalse());
        assertThat(toll.tooHigh(2_000, 200, 2 * MB)).isFalse();
        assertThat(toll.tooHigh(3_999, 400, MB)).isFalse();
    }

    @Test void theOldGenerationBecomes128Megabytes() {
        assertThat(YoungGeneration.freePercent(16 * MB)).isEqualTo(88);
        assertThat(YoungGeneration.freePercent(0)).isEqualTo(95);
        assertThat(YoungGeneration.freePercent(500 * MB)).isZero();
    }

    /** Gives the number of the first of a thousand collections after which it was too high; 0 when it never was. */
    private int firstTooHigh(long millisApart, double millis, long kept) {
        var some = new Toll();
        return IntStream.rangeClosed(1, 1_000)
            .filter(number -> some.tooHigh(1_000_000 + number * millisApart, (long) (number * millis), kept)).findFirst().orElse(0);
    }
}
