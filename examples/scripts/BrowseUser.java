// Shows the smallest useful script.
import io.katydid.api.*;
import io.katydid.http.*;

class BrowseUser extends HttpUser {
    @Override protected WaitTime waitTime() { return between(1, 3); }

    @Task(3) void listProducts() {
        client.get("/api/products");
    }
}
