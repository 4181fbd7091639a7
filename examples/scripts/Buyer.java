// Shows tasks in order, and tags: --tags pay leaves only createOrder.
import io.katydid.api.*;
import io.katydid.http.*;

class Buyer extends HttpUser {

    @Task
    class CheckoutFlow extends SequentialTaskSet {
        @Tag("pay")
        @Task void createOrder() {
            client.post("/orders");
        }

        @Task void pay() {
            client.post("/orders/pay");
        }
    }
}
