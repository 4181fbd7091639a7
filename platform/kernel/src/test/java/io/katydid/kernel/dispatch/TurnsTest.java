package io.katydid.kernel.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The turns of workers with weights. */
class TurnsTest {
    private static final List<String> THREE = List.of("a", "b", "c");

    @Test void withoutWeightsEachHasOne() {
        assertThat(Turns.of(THREE, Map.of())).containsExactly(0, 1, 2);
        assertThat(Turns.of(THREE, Map.of("a", 8, "b", 8, "c", 8))).containsExactly(0, 1, 2);
        assertThat(Turns.of(List.of(), Map.of())).isEmpty();
    }

    @Test void aWorkerHasTurnsByItsWeightSpreadOverTheRound() {
        assertThat(Turns.of(THREE, Map.of("a", 4, "b", 2, "c", 2))).containsExactly(0, 1, 2, 0);
        var turns = Turns.of(THREE, Map.of("a", 5, "b", 1, "c", 1));
        assertThat(turns).hasSize(7).startsWith(0, 0, 1, 0, 2);
        assertThat(Collections.frequency(turns, 0)).isEqualTo(5);
    }

    @Test void absurdWeightsMakeNoLongRound() {
        assertThat(Turns.of(THREE, Map.of("a", Integer.MAX_VALUE, "b", -3, "c", 7))).hasSizeLessThan(2_000).contains(0, 1, 2);
    }
}
