// Shows judging a response: lambdas, the block form, grouped names.
import io.katydid.api.*;
import io.katydid.http.*;

class StrictUser extends HttpUser {

    @Task void missingIsFine() {
        client.get("/does/not/exist", response -> {
            if (response.statusCode() == 404) response.success();
        });
    }

    @Task void checkTheBody() {
        client.get("/", response -> {
            if (response.text().isEmpty()) response.failure("No data");
        }, name("home"));
    }

    @Task void exceptionsFailTheRequest() {
        client.post("/echo", response -> {
            int foo = response.json().at("data.foo").asInt(); // a missing field throws, and the request fails
            if (foo != 1) response.failure("foo was " + foo);
        }, json(java.util.Map.of("foo", 1)));
    }

    @Task void asABlock() {
        try (var response = client.catchResponse().get("/")) {
            if (!response.text().contains("Locust")) response.failure("important text was missing");
        }
    }

    @Task void grouped() {
        try (var _ = client.renameRequest("/blog/[slug]")) {
            client.get("/blog/first");
            client.get("/blog/second");
        }
    }
}
