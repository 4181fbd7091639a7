package io.katydid.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.parity.Parity;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.DoubleStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Checks the formulas of wait times, by a clock that goes when it is told to. */
class PacingTest {
    private static final Offset<Double> NANO = Offset.offset(1e-9);
    private final AtomicLong now = new AtomicLong(5_000_000_000L);

    private void pass(double seconds) {
        now.addAndGet(Math.round(seconds * 1e9));
    }

    private double taskThenWait(WaitTime pacing, double task) throws Exception {
        pass(task);
        double wait = pacing.seconds();
        pass(wait);
        return wait;
    }

    @Test
    @Parity({"UM-72", "SD-90", "AC-99"}) void pacingWaitsForWhatTheTaskLeft() throws Exception {
        var pacing = new Pacing(0.1, now::get);
        assertThat(taskThenWait(pacing, 0.04)).isEqualTo(0.06, NANO);
        assertThat(taskThenWait(pacing, 0.1)).isEqualTo(0, NANO);
        assertThat(taskThenWait(pacing, 0)).isEqualTo(0.1, NANO);
        // A late task is followed at once, and what it lost is not made up for.
        assertThat(taskThenWait(pacing, 0.35)).isEqualTo(0, NANO);
        assertThat(taskThenWait(pacing, 0.02)).isEqualTo(0.08, NANO);
    }

    @Test
    @Parity("UM-72") void aWaitThatTookLongerCountsAsPartOfTheNextRound() throws Exception {
        var pacing = new Pacing(1, now::get);
        assertThat(taskThenWait(pacing, 0.2)).isEqualTo(0.8, NANO);
        pass(0.3);
        assertThat(taskThenWait(pacing, 0.2)).isEqualTo(0.5, NANO);
    }

    @Test
    @Parity({"UM-73", "SD-90", "AC-99"}) void throughputIsPacingOfTheInverse() throws Exception {
        assertThat(WaitTime.constantThroughput(10).seconds()).isBetween(0.0, 0.1);
        var pacing = new Pacing(1 / 10.0, now::get);
        assertThat(taskThenWait(pacing, 0.03)).isEqualTo(0.07, NANO);
        assertThatThrownBy(() -> WaitTime.constantThroughput(0)).hasMessage(
            "constantThroughput(0.0): the number of tasks per second and user must be above 0. For one task in 10 s write 0.1.");
    }

    @Test
    @Parity({"UM-70", "SD-90", "AC-99"}) void betweenIsUniform() throws Exception {
        var between = WaitTime.between(3, 7);
        var values = new double[20_000];
        for (int i = 0; i < values.length; i++) values[i] = between.seconds();
        var all = DoubleStream.of(values).summaryStatistics();
        assertThat(all.getMin()).isBetween(3.0, 3.05);
        assertThat(all.getMax()).isBetween(6.95, 7.0);
        // Twelve standard deviations of the mean; each quarter has its share.
        assertThat(all.getAverage()).isBetween(4.9, 5.1);
        for (int quarter = 0; quarter < 4; quarter++) {
            double from = 3 + quarter;
            assertThat(DoubleStream.of(values).filter(value -> value >= from && value < from + 1).count()).isBetween(4400L, 5600L);
        }
        assertThat(WaitTime.between(2, 2).seconds()).isEqualTo(2);
        assertThatThrownBy(() -> WaitTime.between(3, 1)).hasMessageContaining("Write between(1, 3), not between(3, 1).");
    }

    @Test
    @Parity({"UM-71", "SD-90"}) void constantIsWhatItSays() throws Exception {
        assertThat(WaitTime.constant(13).seconds()).isEqualTo(13);
        assertThatThrownBy(() -> WaitTime.constant(-1))
            .hasMessage("constant(-1.0): the wait is a number of seconds and cannot be negative. Write constant(2).");
    }
}
