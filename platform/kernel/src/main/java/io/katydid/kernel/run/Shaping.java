package io.katydid.kernel.run;

import io.katydid.api.KatydidException;
import io.katydid.api.LoadTestShape;
import io.katydid.api.StopTest;
import io.katydid.api.Tick;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets a load shape lead the test: what it asks for is ordered, and its end ends the test. The turn guards it. */
final class Shaping {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final RunnerHome home;
    private final Turn turn;
    private final Consumer<Tick> order;
    private final Runnable end;
    private @Nullable ShapeTicker ticking;
    private volatile boolean completed;

    /** Makes it for a runner: {@code order} starts what a shape wants, {@code end} ends the test when the shape has. */
    Shaping(RunnerHome home, Turn turn, Consumer<Tick> order, Runnable end) {
        this.home = home;
        this.turn = turn;
        this.order = order;
        this.end = end;
    }

    boolean isOngoing() { return ticking != null; }

    /** Tells whether the shape that was started last has ended the test itself. */
    boolean isCompleted() { return completed; }

    void start() {
        LoadTestShape shape = home.environment().shapeClass()
            .orElseThrow(() -> new KatydidException("There is no load shape to start. Give the environment one."));
        shape.bind(home);
        var next = new ShapeTicker(shape, this::follow, this::completes, this::failed);
        completed = false;
        ticking = next;
        next.start();
    }

    private void follow(ShapeTicker by, Tick tick) {
        turn.take();
        try {
            if (by.equals(ticking)) order.accept(tick);
        } finally {
            turn.end();
        }
    }

    private void completes() {
        completed = true;
        ended();
    }

    private void failed(Throwable problem) {
        if (problem instanceof StopTest signal) {
            home.stopTest(signal);
            return;
        }
        home.statistics().exception(problem, "local");
        LOG.error("The load shape failed and the run is stopped: {}", problem.getMessage(),
            problem instanceof KatydidException ? null : problem);
        ended();
    }

    private void ended() {
        turn.take();
        ticking = null;
        turn.end();
        end.run();
    }

    /** Ends it because the test ends. */
    void cancel() {
        var last = ticking;
        ticking = null;
        if (last != null) last.cancel();
    }
}
