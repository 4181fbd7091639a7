// Shows a first whole script: users, a shape, a listener that decides the exit code.
import io.katydid.api.*;
import io.katydid.api.event.*;
import io.katydid.http.*;
import module java.base;

class Shopper extends HttpUser {
    @Override protected WaitTime waitTime() { return between(1, 3); }

    @Override protected void onStart() {
        client.post("/login", json(Map.of("user", "foo")));
    }

    @Task(3) void browse() {
        client.get("/api/products");
    }

    @Task void checkout() {
        var order = client.post("/orders", r -> {
            if (r.json().at("id").isMissing()) r.failure("no order id");
        });
        if (order.ok()) client.post("/orders/" + order.json().at("id").asString() + "/pay", name("/orders/[id]/pay"));
    }
}

class Ramp extends LoadTestShape {
    record Stage(int until, int users, double rate) {}
    static final List<Stage> STAGES = List.of(new Stage(60, 100, 5), new Stage(120, 200, 10));

    @Override public Tick tick() {
        for (var s : STAGES) {
            if (runTime() < s.until()) return users(s.users(), s.rate());
        }
        return stop();
    }
}

class Budget {
    @Listen static void onQuitting(Quitting event) {
        if (event.environment().stats().total().percentile(0.95) > 200) event.environment().processExitCode(1);
    }
}
