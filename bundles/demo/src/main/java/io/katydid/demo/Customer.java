package io.katydid.demo;

import io.katydid.api.SequentialTaskSet;
import io.katydid.api.Task;
import io.katydid.api.WaitTime;
import io.katydid.http.HttpUser;
import java.util.Map;

/** Signs in, then fills a cart and checks out, again and again: one of four customers. */
public class Customer extends HttpUser {

    @Override protected WaitTime waitTime() { return between(0.5, 1.5); }

    @Override protected void onStart() {
        var login = client.post("/login", json(Map.of("user", "socks", "password", "demo")));
        if (login.ok()) client.headers().set("Authorization", "Bearer " + login.json().at("token").asString());
    }

    /** Buys in order. */
    @Task
    public class Purchase extends SequentialTaskSet {

        @Task void choose() {
            client.get("/api/products");
        }

        @Task void fillCart() {
            client.post("/api/cart", json(Map.of("product", 7, "quantity", 1)));
        }

        @Task void checkOut() {
            client.post("/api/checkout", response -> {
                if (response.json().at("id").isMissing()) response.failure("no order id");
            });
        }
    }
}
