package io.katydid.html;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Proves that the history stays bounded and loses neither a request nor a peak. */
class SeriesTest {

    @ParameterizedTest
    @CsvSource({"1,1", "1200,1", "1201,2", "3600,4", "86400,128"}) void stepsDoubleWhenThereAreTooManyPoints(int seconds, int step) {
        var series = new Series();
        // One second is worse than all others; it must be seen in whatever step it is.
        IntStream.rangeClosed(1, seconds)
            .forEach(second -> series.add(FakeSnapshot.of(second, second == seconds / 2 + 1 ? 77 : 5,
                FakeEntry.total(10L * second, second, second == seconds / 2 + 1 ? 900 : 20))));

        assertThat(series.secondsPerPoint()).isEqualTo(step);
        var points = series.points();
        assertThat(points.size()).isBetween(Math.min(seconds, Series.MOST / 2), Series.MOST);
        assertThat(points.stream().mapToLong(Point::requests).sum()).isEqualTo(10L * seconds);
        assertThat(points.stream().mapToLong(Point::failures).sum()).isEqualTo(seconds);
        assertThat(points.getFirst().from()).isZero();
        assertThat(points.getLast().to()).isEqualTo(seconds);
        assertThat(points).allSatisfy(point -> assertThat(point.rps()).isEqualTo(10, within(1e-9)));
        assertThat(series.largest(Point::p95)).isEqualTo(900);
        assertThat(series.largest(Point::users)).isEqualTo(77);
        for (int i = 1; i < points.size(); i++) assertThat(points.get(i).from()).isEqualTo(points.get(i - 1).to());
        assertThat(series.atMost(60)).hasSizeLessThanOrEqualTo(60);
        assertThat(series.atMost(60).stream().mapToLong(Point::requests).sum()).isEqualTo(10L * seconds);
    }

    @Test void theLastMomentIsPutToTheSecondBefore() {
        var series = new Series();
        series.add(FakeSnapshot.of(1, 5, FakeEntry.total(100, 0)));
        series.add(FakeSnapshot.of(1.01, 0, FakeEntry.total(110, 0)));

        assertThat(series.points()).singleElement().satisfies(point -> {
            assertThat(point.requests()).isEqualTo(110);
            assertThat(point.to()).isEqualTo(1.01);
            assertThat(point.rps()).isEqualTo(108.9, within(0.1));
        });
    }

    @Test void aResetOfTheStatisticsIsNoNegativeRate() {
        var series = new Series();
        series.add(FakeSnapshot.of(1, 5, FakeEntry.total(100, 9)));
        series.add(FakeSnapshot.of(2, 5, FakeEntry.total(30, 0)));
        series.add(FakeSnapshot.of(3, 5, FakeEntry.total(80, 1)));

        assertThat(series.points()).extracting(Point::requests).containsExactly(100L, 30L, 50L);
        assertThat(series.points()).extracting(Point::failures).containsExactly(9L, 0L, 1L);
    }

    @Test void anotherTestBeginsAnew() {
        var series = new Series();
        series.add(FakeSnapshot.of(1, 5, FakeEntry.total(100, 0)));
        series.clear();
        series.add(FakeSnapshot.of(1, 5, FakeEntry.total(7, 0)));

        assertThat(series.points()).extracting(Point::requests).containsExactly(7L);
    }

    @Test void secondsWithoutRequestsAreGaps() {
        var series = new Series();
        series.add(FakeSnapshot.of(1, 5, FakeEntry.total(0, 0)));

        assertThat(series.points().getFirst().p99()).isNaN();
        assertThat(series.points().getFirst().rps()).isZero();
        assertThat(series.largest(Point::p99)).isNaN();
    }
}
