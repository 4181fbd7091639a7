package io.katydid.cluster.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.cluster.report.Sequence.Duplicate;
import io.katydid.cluster.report.Sequence.Gap;
import io.katydid.cluster.report.Sequence.New;
import java.util.HashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SequenceTest {
    private final Sequence sequence = new Sequence();

    @Test void eachNumberCountsOnce() {
        assertThat(sequence.accept(10, 1)).isEqualTo(new New());
        assertThat(sequence.accept(10, 2)).isEqualTo(new New());
        assertThat(sequence.accept(10, 2)).isEqualTo(new Duplicate());
        assertThat(sequence.accept(10, 1)).isEqualTo(new Duplicate());
        assertThat(sequence.accept(10, 3)).isEqualTo(new New());
    }

    @Test void whatIsMissingIsSaidAndMayComeLate() {
        sequence.accept(10, 1);
        assertThat(sequence.accept(10, 5)).isEqualTo(new Gap(3));
        assertThat(sequence.accept(10, 3)).isEqualTo(new New());
        assertThat(sequence.accept(10, 3)).isEqualTo(new Duplicate());
        assertThat(sequence.accept(10, 6)).isEqualTo(new New());
        assertThat(sequence.accept(11, 3)).isEqualTo(new Gap(2));
    }

    @Test void aNewEpochBeginsAnewAndAnOldOneIsOver() {
        sequence.accept(10, 1);
        assertThat(sequence.accept(11, 1)).isEqualTo(new New());
        assertThat(sequence.accept(10, 2)).isEqualTo(new Duplicate());
        assertThat(sequence.accept(11, 0)).isEqualTo(new Duplicate());
        assertThat(sequence.accept(11, -5)).isEqualTo(new Duplicate());
    }

    @Test void aLeapCostsNoMemory() {
        assertThat(sequence.accept(10, Long.MAX_VALUE)).isEqualTo(new Gap(Long.MAX_VALUE - 1));
        assertThat(sequence.accept(10, Long.MAX_VALUE - 1)).isEqualTo(new New());
        assertThat(sequence.accept(10, 5)).isEqualTo(new Duplicate());
        assertThat(sequence.accept(10, Long.MIN_VALUE)).isEqualTo(new Duplicate());
    }

    @Test void inAnyOrderWithinReachEachIsTakenOnceExactly() {
        var random = new Random(7);
        var seen = new HashSet<Long>();
        int again = 0;
        for (int i = 0; i < 20_000; i++) {
            long number = 1 + Math.max(0, i / 4 - random.nextInt(30));
            boolean taken = !(sequence.accept(1, number) instanceof Duplicate);
            assertThat(taken).as("number %d", number).isEqualTo(seen.add(number));
            if (!taken) again++;
        }
        assertThat(again).isGreaterThan(10_000);
    }
}
