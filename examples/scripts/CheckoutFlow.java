// Shows one flow for several user types.
import io.katydid.api.*;
import io.katydid.http.*;
import static io.katydid.http.HttpUser.json;
import java.util.Map;

/** Usable from any HttpUser: a task may ask for its user as a parameter. */
class CheckoutFlow extends SequentialTaskSet {
    @Tag("pay")
    @Task void createOrder(HttpUser user) {
        user.client.post("/orders", json(Map.of("sku", "A-17")));
    }

    @Task void pay(HttpUser user) {
        user.client.post("/orders/pay");
    }
}

@Tasks(CheckoutFlow.class)
class WebBuyer extends HttpUser {}

@Tasks(CheckoutFlow.class)
class AppBuyer extends FastHttpUser {
    @Task(2) void idle() { sleep(0.5); }
}
