package io.katydid.demo;

import io.katydid.api.Tag;
import io.katydid.api.Task;
import io.katydid.api.WaitTime;
import io.katydid.api.Weight;
import io.katydid.http.FastHttpUser;
import java.util.concurrent.ThreadLocalRandom;

/** Looks around and buys nothing: three of four customers. */
@Weight(3)
public class Visitor extends FastHttpUser {

    @Override protected WaitTime waitTime() { return between(0.3, 1.2); }

    @Task void home() {
        client.get("/", name("/"));
    }

    @Task(4) void list() {
        client.get("/api/products");
    }

    @Task(6) void product() {
        int id = ThreadLocalRandom.current().nextInt(1, 51);
        client.get("/api/products/" + id, response -> {
            if (response.json().at("id").asInt() != id) response.failure("the wrong product");
        }, name("/api/products/[id]"));
    }

    @Task(2) void search() {
        client.get("/api/search", param("q", "socks"), name("/api/search"));
    }

    @Task(2) void stock() {
        client.get("/api/stock/" + ThreadLocalRandom.current().nextInt(1, 51), name("/api/stock/[id]"));
    }

    @Tag("slow")
    @Task void recommendations() {
        client.get("/api/recommendations");
    }
}
