import io.katydid.api.*;
import io.katydid.api.event.*;
import io.katydid.http.*;
import java.util.concurrent.atomic.LongAdder;

/** What the CPU figure is measured with: a context map, a name, cookies, a request listener. */
class SteadyHttp extends HttpUser {
    static final LongAdder BYTES = new LongAdder();

    @Listen static void onRequest(RequestEvent request) {
        BYTES.add(request.responseLength());
    }

    @Override protected void onStart() {
        client.cookies().set("session", "0a1b2c3d4e5f60718293a4b5c6d7e8f9");
    }

    @Task void home() {
        client.get("/", name("home"), context("trace_id", 17));
    }
}
