import static io.katydid.http.HttpUser.*;

import io.katydid.api.*;
import io.katydid.api.event.*;
import io.katydid.http.*;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.*;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.*;

/** Holds what the bench asks of its users, by the variables of the environment. */
class Wanted {
    static final String PATH = System.getenv().getOrDefault("BENCH_PATH", "/");
    static final double PERIOD = Double.parseDouble(System.getenv().getOrDefault("BENCH_PERIOD", "0"));
    static final Set<String> TRAITS = Set.copyOf(List.of(System.getenv().getOrDefault("BENCH_TRAITS", "").split(",")));
    static final Map<String, String> BODY = Map.of("item", "x".repeat(1012));
    static final LongAdder BYTES = new LongAdder();

    private static final Requests REQUESTS = new Requests(System.getenv("BENCH_REQUESTS"));

    @Listen static void onRequest(RequestEvent request) {
        BYTES.add(request.responseLength());
        REQUESTS.add(request.responseTimeMs());
    }

    /** Forgets the statistics of the warm-up. */
    @Listen static void onStart(TestStart start) {
        int warmUp = Integer.parseInt(System.getenv().getOrDefault("BENCH_WARM_UP", "0"));
        var seconds = new AtomicInteger();
        start.environment().every(java.time.Duration.ofSeconds(1), () -> {
            if (seconds.incrementAndGet() != warmUp) return;
            start.environment().stats().resetAll();
            REQUESTS.begin();
        });
    }

    /** Writes p50 and p99 in milliseconds, and the times of all requests where they are asked for, for the bench. */
    @Listen static void onQuitting(Quitting end) throws Exception {
        REQUESTS.write();
        var times = System.getenv("BENCH_TIMES");
        var total = end.environment().stats().snapshot().total();
        if (times != null) Files.writeString(Path.of(times), total.percentile(0.5) + " " + total.percentile(0.99));
    }
}

/** Records when each request ended and how long it took, outside of the heap, when it has a file to write that to; on one loop only. */
class Requests {
    private static final int MOST = 2_000_000;
    private final String file;
    private final ByteBuffer numbers;
    private volatile int step;

    Requests(String file) {
        this.file = file;
        numbers = ByteBuffer.allocateDirect(file == null ? 0 : MOST * 2 * Long.BYTES);
    }

    void begin() { step = 2 * Long.BYTES; }

    /** Writes from the first request on, in one place until it has begun: a branch that is first taken then would have the compiler do the user anew. */
    void add(double milliseconds) {
        if (!numbers.hasRemaining()) return;
        int at = numbers.position();
        numbers.putLong(at, System.nanoTime()).putLong(at + Long.BYTES, Math.round(milliseconds * 1e6)).position(at + step);
    }

    void write() throws Exception {
        if (file == null) return;
        try (var channel = FileChannel.open(Path.of(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.write(numbers.flip());
        }
    }
}

/** Is what both users do. */
class Work {
    private static final boolean POST = Wanted.TRAITS.contains("POST");
    private static final boolean CLOSE = Wanted.TRAITS.contains("CLOSE");
    private static final boolean JOURNEY = Wanted.TRAITS.contains("JOURNEY");

    /** Users of one spawn step start together; at a fixed rate their requests are to be spread over it. */
    static void start(User user, HttpSession client) {
        if (Wanted.PERIOD > 0) user.sleep(ThreadLocalRandom.current().nextDouble() * Wanted.PERIOD);
        client.cookies().set("session", "0a1b2c3d4e5f60718293a4b5c6d7e8f9");
    }

    static void once(HttpSession client) {
        if (JOURNEY) {
            long id = client.get("/login", name("login")).json().at("/user/id").asLong();
            client.get("/items?user=" + id, name("items"));
            client.post("/order", name("order"), json(Wanted.BODY));
        } else if (POST) {
            client.post(Wanted.PATH, name("post"), json(Wanted.BODY), context("trace_id", 17));
        } else if (CLOSE) {
            client.get(Wanted.PATH, name("page"), header("Connection", "close"), context("trace_id", 17));
        } else {
            client.get(Wanted.PATH, name("page"), context("trace_id", 17));
        }
    }
}

class Fast extends FastHttpUser {
    @Override protected WaitTime waitTime() { return Wanted.PERIOD == 0 ? constant(0) : constantPacing(Wanted.PERIOD); }

    @Override protected void onStart() { Work.start(this, session()); }

    @Task void one() { Work.once(session()); }
}

class Http extends HttpUser {
    @Override protected void configure(HttpOptions http) { http.insecure(true); }

    @Override protected WaitTime waitTime() { return Wanted.PERIOD == 0 ? constant(0) : constantPacing(Wanted.PERIOD); }

    @Override protected void onStart() { Work.start(this, session()); }

    @Task void one() { Work.once(session()); }
}
