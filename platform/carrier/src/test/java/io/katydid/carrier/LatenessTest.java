package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts how late timers were, and reads a percentile back. */
class LatenessTest {

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 7, 8, 100, 999, 1000, 1023, 1024, 65_536, 1_000_000,
        3_600_000_000L}) void whatIsReadIsAtMostAQuarterMore(long micros) {
        var lateness = new Lateness();
        lateness.add(TimeUnit.MICROSECONDS.toNanos(micros));
        assertThat(new Lateness.Reader().p99Millis(List.of(lateness)) * 1000).isBetween(micros * 1.0, Math.max(1, micros) * 1.26);
    }

    @Test void theLastPerCentDecides() {
        var lateness = new Lateness();
        for (int i = 0; i < 980; i++) lateness.add(1_000_000);
        for (int i = 0; i < 20; i++) lateness.add(50_000_000);
        assertThat(new Lateness.Reader().p99Millis(List.of(lateness))).isBetween(50.0, 63.0);
        for (int i = 0; i < 2000; i++) lateness.add(1_000_000);
        assertThat(new Lateness.Reader().p99Millis(List.of(lateness))).isBetween(1.0, 1.26);
    }

    @Test void eachCountIsReadOnceOverAllLoops() {
        var one = new Lateness();
        var two = new Lateness();
        var reader = new Lateness.Reader();
        assertThat(reader.p99Millis(List.of(one, two))).isNaN();
        two.add(8_000_000);
        assertThat(reader.p99Millis(List.of(one, two))).isBetween(8.0, 10.1);
        assertThat(reader.p99Millis(List.of(one, two))).isNaN();
        one.add(1_000_000);
        assertThat(reader.p99Millis(List.of(one, two))).isBetween(1.0, 1.26);
    }

    @Test void theLongestHasABucketToo() {
        var lateness = new Lateness();
        lateness.add(Long.MAX_VALUE);
        assertThat(new Lateness.Reader().p99Millis(List.of(lateness))).isPositive();
    }
}
