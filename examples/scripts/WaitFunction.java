// Shows a wait time of your own.
import io.katydid.api.*;
import io.katydid.http.*;

class ThinkingUser extends HttpUser {
    private int last;

    @Override protected WaitTime waitTime() { return () -> ++last; }

    @Task void home() { client.get("/"); }
}
