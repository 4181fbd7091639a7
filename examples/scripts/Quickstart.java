// Shows host, weight, JSON from a record, params, headers, text block, context, fixed count.
import io.katydid.api.*;
import io.katydid.http.*;
import module java.base;

@Host("https://shop.example.com")
@Weight(3)
class QuickstartUser extends HttpUser {
    record Login(String username, String password) {}

    @Override protected WaitTime waitTime() { return between(1, 5); }

    @Override protected void onStart() {
        client.post("/login", json(new Login("foo", "bar")));
    }

    @Task void helloWorld() {
        client.get("/hello");
        client.get("/world");
    }

    @Task(3) void viewItems() {
        for (int id = 0; id < 10; id++) {
            client.get("/item", param("id", id), name("/item"));
            sleep(1);
        }
    }

    @Task void search() {
        client.get("/search", params(Map.of("q", "socks", "page", 2)), header("Accept-Language", "de"), timeout(2));
    }

    @Task void order() {
        client.post("/orders", body("application/json", """
            {"sku": "A-17", "quantity": 1}
            """), context("trace_id", UUID.randomUUID()));
    }
}

@FixedCount(1)
class AdminUser extends HttpUser {
    @Override protected WaitTime waitTime() { return constant(600); }

    @Task void restartApp() {
        client.post("/admin/restart");
    }
}
