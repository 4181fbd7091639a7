// Shows stages that spawn other classes of users each.
import io.katydid.api.*;
import io.katydid.http.*;
import java.util.List;

class Guest extends HttpUser {
    @Override protected WaitTime waitTime() { return constant(1); }

    @Task void look() { client.get("/api/products"); }
}

class Member extends HttpUser {
    @Override protected WaitTime waitTime() { return constant(1); }

    @Task void order() { client.post("/orders"); }
}

class StagesByClass extends LoadTestShape {
    record Stage(int until, Tick tick) {}

    static final List<Stage> STAGES = List.of(
        new Stage(10, users(10, 10, Guest.class)),
        new Stage(30, users(50, 10, Guest.class, Member.class)),
        new Stage(60, users(100, 10, Member.class)),
        new Stage(120, users(100, 10, Guest.class, Member.class)));

    @Override public Tick tick() {
        return STAGES.stream().filter(stage -> runTime() < stage.until()).findFirst().map(Stage::tick).orElse(stop());
    }
}
