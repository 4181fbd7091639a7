package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.LoadTestShape;
import io.katydid.api.Tick;
import java.lang.reflect.Modifier;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * Is what every load shape promises: sound numbers each second, an end when it says so, and the same course in each run. No time passes meanwhile.
 *
 * <pre>{@code
 * class RampContractTest extends LoadShapeContract {
 *     @Override protected LoadTestShape newShape() { return new Ramp(); }
 *
 *     @Override protected Duration length() { return Duration.ofMinutes(10); }
 * }
 * }</pre>
 *
 * <p>{@code currentUserCount()} is 0 here: test a shape that reads it with an {@link EmbeddedKatydid}.
 */
public abstract class LoadShapeContract {
    private static final Duration QUICK = Duration.ofSeconds(1);

    /** Makes the contract; JUnit does. */
    protected LoadShapeContract() {}

    /** Makes the shape. */
    protected abstract LoadTestShape newShape();

    /** Gives when it stops the test; for one that goes on for ever, how long to look at it. */
    protected abstract Duration length();

    /** Tells whether it stops the test by itself. It does by default. */
    protected boolean stops() { return true; }

    /** Each tick asks for a number of users that is not negative, at a rate above 0, of classes that can be made. */
    @Test void everyTickIsSound() throws Exception {
        var ticks = ShapeWalk.of(newShape(), length());
        for (int second = 0; second < ticks.size(); second++) check(second, ticks.get(second));
    }

    private static void check(int second, Tick tick) {
        assertThat(tick).as("tick at " + second + " s: users(…) or stop(), not null").isNotNull();
        if (tick.stop()) return;
        assertThat(tick.userCount()).as("users at " + second + " s").isNotNegative();
        assertThat(tick.spawnRate()).as("spawn rate at " + second + " s").isPositive().isFinite();
        assertThat(tick.only()).as("classes at " + second + " s").allMatch(type -> !Modifier.isAbstract(type.getModifiers()),
            "can be made");
    }

    /** It stops when it said it would, neither earlier nor later than by a second. */
    @Test void itStopsInTime() throws Exception {
        var ticks = ShapeWalk.of(newShape(), length().plusSeconds(1));
        var at = ticks.size() - 1;
        assertThat(ticks.getLast().stop()).as("it has stopped at " + at + " s, of " + length().toSeconds() + " s").isEqualTo(stops());
        if (stops()) assertThat((long) at).as("second in which it stopped").isGreaterThanOrEqualTo(length().toSeconds() - 1);
    }

    /** Two objects of it, and one object in two runs, take the same course. */
    @Test void eachRunTakesTheSameCourse() throws Exception {
        var shape = newShape();
        var first = ShapeWalk.of(shape, length());
        assertThat(ShapeWalk.of(newShape(), length())).as("course of another object").isEqualTo(first);
        assertThat(ShapeWalk.of(shape, length())).as("course of a second run").isEqualTo(first);
    }

    /** A tick takes less than the second after which the next one comes. */
    @Test void aTickIsQuick() throws Exception {
        long begin = System.nanoTime();
        var ticks = ShapeWalk.of(newShape(), length());
        assertThat(Duration.ofNanos((System.nanoTime() - begin) / ticks.size())).as("mean time of a tick").isLessThan(QUICK);
    }
}
