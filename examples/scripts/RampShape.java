// Shows a load shape; run it beside users: -f BrowseUser.java,RampShape.java.
import io.katydid.api.*;
import io.katydid.api.event.*;
import module java.base;

class RampShape extends LoadTestShape {
    record Stage(int until, int users, double spawnRate) {}

    static final List<Stage> STAGES = List.of(
        new Stage(60, 100, 5),
        new Stage(120, 200, 10));

    @Override public Tick tick() {
        for (var stage : STAGES) {
            if (runTime() < stage.until()) {
                return users(stage.users(), stage.spawnRate());
            }
        }
        return stop();
    }

    @Listen static void onSpawningComplete(SpawningComplete event) {
        System.out.println(event.userCount() + " users are ready");
    }
}
