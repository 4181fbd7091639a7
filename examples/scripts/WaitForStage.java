// Shows stages whose time counts from when all their users are there; run it beside users: -f BrowseUser.java,WaitForStage.java.
import io.katydid.api.*;
import java.util.List;

class WaitForStage extends LoadTestShape {
    record Stage(double seconds, int users, double spawnRate) {}

    static final List<Stage> STAGES = List.of(
        new Stage(1, 4, 2),
        new Stage(1, 10, 3));

    private int at;
    private boolean full;

    @Override public Tick tick() {
        var stage = STAGES.get(at);
        if (full && runTime() >= stage.seconds()) {
            full = false;
            if (++at == STAGES.size()) return stop();
            stage = STAGES.get(at);
        } else if (!full && currentUserCount() >= stage.users()) {
            full = true;
            resetTime();
        }
        return users(stage.users(), stage.spawnRate());
    }
}
