// Shows a load that goes up in steps; run it beside users: -f BrowseUser.java,StepLoad.java.
import io.katydid.api.*;

class StepLoad extends LoadTestShape {
    static final int STEP_SECONDS = 30;
    static final int STEP_USERS = 10;
    static final int SECONDS = 600;

    @Override public Tick tick() {
        if (runTime() >= SECONDS) return stop();
        int step = 1 + (int) (runTime() / STEP_SECONDS);
        return users(step * STEP_USERS, 10);
    }
}
