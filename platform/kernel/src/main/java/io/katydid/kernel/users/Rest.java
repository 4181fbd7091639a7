package io.katydid.kernel.users;

import io.katydid.api.StopUser;

/** Lets one user wait after its tasks. */
final class Rest {
    private final RunningUser running;
    private final StopState stop;
    private long turn;

    Rest(RunningUser running, StopState stop) {
        this.running = running;
        this.stop = stop;
    }

    /** Waits as the scenario says. */
    void after(ScenarioState state) throws Throwable {
        double seconds = state.waitSeconds();
        if (!(seconds > 0)) {
            letOthersRun();
            return;
        }
        stop.waiting(true);
        try {
            if (stop.finishing()) throw new StopUser();
            running.pause(RunningUser.nanosIn(seconds));
        } finally {
            stop.waiting(false);
        }
        running.stopIfTold();
    }

    /** Yields, unless this user has waited for something since the last time: then the others have had their turn. */
    void letOthersRun() {
        var carrier = running.carrier();
        if (carrier.isCurrent()) {
            long now = carrier.turns();
            if (now != turn) {
                turn = now;
                return;
            }
        }
        Thread.yield();
    }
}
