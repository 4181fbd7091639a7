// Shows what may happen after a failed request, in one line each.
import io.katydid.api.*;
import io.katydid.api.event.*;
import io.katydid.http.*;
import io.katydid.reactions.*;

class Buyer extends HttpUser {
    @Override protected WaitTime waitTime() { return constant(0.5); }

    @Task void buy() {
        client.post("/cart");
        client.post("/pay"); // not reached when the cart fails
    }
}

class Rules {
    @Listen static void onInit(Init event) {
        RunOnFail.on(event.environment(), failed -> System.err.println(failed.name() + " failed"));
        QuitOnFail.on(event.environment(), "/login");
        RescheduleTaskOnFail.on(event.environment()); // last: it ends the task
    }
}
