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

    @Task void home() {
        client.get("/", name("home"), context("trace_id", 17));
    }
}
