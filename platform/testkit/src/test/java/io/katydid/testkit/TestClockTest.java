package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestClockTest {

    @Test void itGoesOnlyWhenItIsTold() {
        var clock = new TestClock(Instant.parse("2026-05-01T10:00:00Z"));
        assertThat(clock.nanoTime()).isZero();
        clock.advance(Duration.ofHours(2));
        assertThat(clock.nanoTime()).isEqualTo(7_200_000_000_000L);
        assertThat(clock.instant()).isEqualTo("2026-05-01T12:00:00Z");
        clock.set(Instant.parse("2026-05-02T00:00:00Z"));
        assertThat(clock.nanoTime()).isEqualTo(Duration.ofHours(14).toNanos());
    }

    @Test void itDoesNotGoBack() {
        assertThatThrownBy(() -> new TestClock().advance(Duration.ofSeconds(-5)))
            .hasMessage("The clock cannot go back by PT5S. Make a new one.");
    }
}
