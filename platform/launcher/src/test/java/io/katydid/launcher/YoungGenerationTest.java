package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.launcher.YoungGeneration.Moment;
import io.katydid.launcher.YoungGeneration.Toll;
import org.junit.jupiter.api.Test;

class YoungGenerationTest {
    private static final long MB = 1 << 20;
    private static final Moment BEFORE = new Moment(1_000_000, 300, 500, 1, 20 * MB);

    @Test void manyCollectionsThatKeepNothingAreTooMany() {
        assertThat(afterTwoSeconds(200, 140, 0, 0)).isTrue();
        assertThat(afterTwoSeconds(25, 25, 0, 0)).as("1.25 % of the time").isTrue();
        assertThat(afterTwoSeconds(200, 140, 0, 200 * MB)).as("and hardly anything").isTrue();
    }

    @Test void thoseThatTakeLittleOfTheTimeAreNot() {
        assertThat(afterTwoSeconds(20, 14, 0, 0)).isFalse();
        assertThat(afterTwoSeconds(7, 35, 0, 0)).as("few").isFalse();
        assertThat(afterTwoSeconds(0, 0, 0, 0)).isFalse();
    }

    @Test void whatIsKeptIsNotHelped() {
        assertThat(afterTwoSeconds(200, 140, 0, 201 * MB)).isFalse();
    }

    @Test void whatACollectionOfEverythingFreedTellsNothing() {
        assertThat(afterTwoSeconds(200, 140, 1, -10 * MB)).isFalse();
        var toll = new Toll();
        toll.tooHigh(BEFORE);
        toll.tooHigh(new Moment(1_002_000, 500, 640, 2, 10 * MB));
        assertThat(toll.tooHigh(new Moment(1_004_000, 700, 780, 2, 10 * MB))).as("the two seconds after it do").isTrue();
    }

    @Test void theFirstLookHasNothingToCompare() {
        assertThat(new Toll().tooHigh(BEFORE)).isFalse();
    }

    @Test void theOldGenerationBecomes128Megabytes() {
        assertThat(YoungGeneration.freePercent(16 * MB)).isEqualTo(88);
        assertThat(YoungGeneration.freePercent(0)).isEqualTo(95);
        assertThat(YoungGeneration.freePercent(500 * MB)).isZero();
    }

    private static boolean afterTwoSeconds(int collections, int millis, int ofEverything, long kept) {
        var toll = new Toll();
        toll.tooHigh(BEFORE);
        return toll.tooHigh(new Moment(BEFORE.millis() + 2_000, BEFORE.collections() + collections, BEFORE.spentMillis() + millis,
            BEFORE.ofEverything() + ofEverything, BEFORE.oldBytes() + kept));
    }
}
