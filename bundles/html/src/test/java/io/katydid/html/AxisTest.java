package io.katydid.html;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Checks the grids: few lines, round numbers, everything within. */
class AxisTest {

    @Test void countsBeginAtNull() {
        assertThat(labels(Axis.counts(4_740))).containsExactly("0", "1k", "2k", "3k", "4k");
        assertThat(labels(Axis.counts(0))).containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
        assertThat(labels(Axis.counts(Double.NaN))).hasSizeBetween(2, 7);
        assertThat(Axis.counts(57).place(57)).isBetween(0.9, 1.0);
    }

    @Test void latencyGoesByOneTwoFive() {
        assertThat(labels(Axis.logarithmic(38, 911))).containsExactly("20 ms", "50 ms", "100 ms", "200 ms", "500 ms", "1 s");
        assertThat(labels(Axis.logarithmic(Double.NaN, Double.NaN))).isNotEmpty();
        assertThat(labels(Axis.logarithmic(0, 3_600_000))).hasSizeLessThanOrEqualTo(7);
        var axis = Axis.logarithmic(20, 20);
        assertThat(axis.place(20)).isBetween(0.0, 1.0);
        assertThat(axis.value(axis.place(20))).isEqualTo(20, org.assertj.core.api.Assertions.within(1e-6));
    }

    @Test void timeHasFewTicks() {
        assertThat(labels(Axis.time(1_800))).containsExactly("0 min", "10 min", "20 min", "30 min");
        assertThat(labels(Axis.time(0.4))).containsExactly("0 s", "1 s");
        assertThat(labels(Axis.time(20 * 86_400))).hasSizeBetween(3, 7);
    }

    private static List<String> labels(Axis axis) { return axis.ticks().stream().map(Axis.Tick::label).toList(); }
}
