package io.katydid.testkit;

import io.katydid.api.Environment;
import io.katydid.api.LoadTestShape;
import io.katydid.api.Tick;
import io.katydid.api.spi.ShapeRuntime;
import io.katydid.launcher.Katydid;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks a load shape what it asks for, second by second, without waiting: hours pass in a moment.
 *
 * <pre>{@code
 * var ticks = ShapeWalk.of(new Ramp(), Duration.ofHours(1));
 * assertThat(ticks.get(59).userCount()).isEqualTo(100);
 * }</pre>
 *
 * <p>No user runs meanwhile: {@code currentUserCount()} is 0.
 */
public final class ShapeWalk {

    private ShapeWalk() {}

    /** Gives what a shape answers at 0 s, 1 s and so on, until it stops (that tick included) or the time is over. */
    public static List<Tick> of(LoadTestShape shape, Duration atMost) throws Exception {
        var clock = new TestClock();
        try (var environment = Katydid.environment(IdleUser.class).shape(shape).loops(1).build()) {
            environment.createLocalRunner();
            shape.bind(new Bound(environment, clock));
            var ticks = new ArrayList<Tick>();
            for (long second = 0; second <= atMost.toSeconds(); second++) {
                var tick = shape.tick();
                ticks.add(tick);
                if (tick != null && tick.stop()) break;
                clock.advance(Duration.ofSeconds(1));
            }
            return ticks;
        }
    }

    private record Bound(Environment environment, TestClock clock) implements ShapeRuntime {

        @Override public long nanoTime() { return clock.nanoTime(); }
    }
}
