// Shows test data out of a file, each row of which is given to one user after the other.
import io.katydid.api.*;
import io.katydid.api.event.*;
import io.katydid.feeders.*;
import io.katydid.http.*;
import module java.base;

class Member extends HttpUser {
    private final Feeder<Map<String, String>> people = Feeders.csv(this, "people.csv").circular();

    @Override protected WaitTime waitTime() { return constant(0.5); }

    @Task void login() {
        var person = people.next();
        client.post("/login", form("user", person.get("user")), form("password", person.get("password")));
    }
}

class TestData {
    @Listen static void onInit(Init event) throws IOException { // yours is there already
        Files.writeString(Path.of("people.csv"), "user,password\nanna,\"1, 2\"\nbert,secret\n");
    }
}
