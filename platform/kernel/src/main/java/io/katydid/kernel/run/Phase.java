package io.katydid.kernel.run;

import io.katydid.api.State;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Is where a test is: its state, and the ramp it is in. Any thread. */
final class Phase {
    private volatile State state = State.READY;
    private @Nullable Ramp ramp;

    State state() { return state; }

    boolean isActive() { return state == State.SPAWNING || state == State.RUNNING; }

    synchronized void become(State next) {
        state = next;
    }

    synchronized void ramps(Ramp next) {
        ramp = next;
        state = State.SPAWNING;
    }

    /** Turns the present ramp into a running test, unless it was stopped or replaced meanwhile. */
    synchronized boolean rampEnds(Ramp which) {
        if (state != State.SPAWNING || !which.equals(ramp)) return false;
        state = State.RUNNING;
        return true;
    }

    synchronized Optional<Ramp> ramp() { return Optional.ofNullable(ramp); }

    void cancelRamp() {
        Optional<Ramp> running;
        synchronized (this) {
            running = ramp();
            ramp = null;
        }
        running.ifPresent(Ramp::cancel);
    }
}
