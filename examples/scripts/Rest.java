// Shows FastHttpUser and rest().
import io.katydid.api.*;
import io.katydid.http.*;
import module java.base;

@Host("https://postman-echo.com")
class EchoUser extends FastHttpUser {
    @Override protected WaitTime waitTime() { return constant(180); }

    @Task void echo() {
        rest("POST", "/post", response -> {
            if (response.json().at("data.foo").asInt() != 1) response.failure("Unexpected foo in " + response.text());
        }, json(Map.of("foo", 1)));
    }
}
