package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.LoadTestShape;
import io.katydid.api.Tick;
import io.katydid.parity.Parity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A ramp of an hour keeps the contract, in no time. */
class LoadShapeContractTest extends LoadShapeContract {
    private static final Duration HOUR = Duration.ofHours(1);

    /** Goes from 1 to 60 users in an hour. */
    static class Ramp extends LoadTestShape {
        @Override public Tick tick() { return runTime() < HOUR.toSeconds() ? users(1 + (int) (runTime() / 60), 2.5) : stop(); }
    }

    @Override protected LoadTestShape newShape() { return new Ramp(); }

    @Override protected Duration length() { return HOUR; }

    @Test
    @Parity({"RN-45", "SD-171"}) void aWalkTellsEachSecond() throws Exception {
        var ticks = ShapeWalk.of(new Ramp(), Duration.ofDays(1));
        assertThat(ticks).hasSize(3601);
        assertThat(ticks.get(59).userCount()).isEqualTo(1);
        assertThat(ticks.get(60).userCount()).isEqualTo(2);
        assertThat(ticks.get(3599).userCount()).isEqualTo(60);
        assertThat(ticks.getLast().stop()).isTrue();
    }

    /** Never stops, asks for fewer users than none, and remembers its last run. */
    static class Bad extends LoadShapeContractTest {
        @Override protected LoadTestShape newShape() {
            return new LoadTestShape() {
                private int ticks;

                @Override public Tick tick() { return users(100 - ++ticks, 1); }
            };
        }
    }

    @Test void itFindsNumbersThatCannotBeEndsThatDoNotComeAndRunsThatDiffer() {
        Broken.run(Bad.class, "everyTickIsSound").failed("everyTickIsSound", "users at 100 s");
        Broken.run(Bad.class, "itStopsInTime").failed("itStopsInTime", "it has stopped at 3601 s");
        Broken.run(Bad.class, "eachRunTakesTheSameCourse").failed("eachRunTakesTheSameCourse", "course of a second run");
    }
}
