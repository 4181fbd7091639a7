import static io.katydid.http.HttpUser.*;

import io.katydid.api.*;
import io.katydid.api.event.*;
import io.katydid.http.*;
import java.nio.file.*;
import java.time.Duration;
import java.util.concurrent.atomic.*;

/** Does one thing and then sleeps for longer than anybody measures. */
class Sleeper extends User {
    @Override protected WaitTime waitTime() { return constant(100_000); }

    @Task void rest() {}
}

/** Makes one request, and keeps its connection. */
class Connected extends FastHttpUser {
    @Override protected WaitTime waitTime() { return constant(100_000); }

    @Task void ask() { client.get("/"); }
}

/** Makes a request each tenth of a second. */
class Browser extends FastHttpUser {
    @Override protected WaitTime waitTime() { return constant(0.1); }

    @Task void ask() { client.get("/"); }
}

/** Reports samples under names of its own: as many names as users, one for all, or one for each sample. */
class Namer extends User {
    private static final String NAMES = System.getenv().getOrDefault("SCALE_NAMES", "one");
    private static final AtomicInteger NEXT = new AtomicInteger();
    private final String own = NAMES.equals("one") ? "name" : "name " + NEXT.getAndIncrement();
    private int samples;

    @Override protected WaitTime waitTime() { return constantPacing(0.01); }

    @Task void report() {
        samples++;
        measure("T", NAMES.equals("each") ? own + " " + samples : own, () -> {});
    }
}

/** Wakes once a second and notes how late it was. */
class Ticker extends User {
    private static final long SECOND = Duration.ofSeconds(1).toNanos();
    private static final long STEP = 10_000;
    private static final AtomicLongArray LATE = new AtomicLongArray(200_000);
    private static volatile boolean counts;
    private long slept;

    @Override protected WaitTime waitTime() { return constant(1); }

    /** Users of one spawn step start together; they are not to wake together. */
    @Override protected void onStart() { sleep(java.util.concurrent.ThreadLocalRandom.current().nextDouble()); }

    @Task void tick() {
        long late = slept == 0 ? 0 : System.nanoTime() - slept - SECOND;
        if (counts && slept != 0) LATE.incrementAndGet((int) Math.clamp(late / STEP, 0, LATE.length() - 1));
        slept = System.nanoTime();
    }

    /** What is compiled while all users start is not measured. */
    @Listen static void onSpawned(SpawningComplete event) {
        var seconds = new AtomicInteger();
        event.environment().every(Duration.ofSeconds(1), () -> {
            if (seconds.incrementAndGet() == 10) counts = true;
        });
    }

    @Listen static void onStop(TestStop event) throws java.io.IOException {
        var file = System.getenv("SCALE_LATE");
        if (file == null) return;
        long all = 0;
        for (int i = 0; i < LATE.length(); i++) all += LATE.get(i);
        Files.writeString(Path.of(file), all + " " + micros(all, 0.5) + " " + micros(all, 0.99) + " " + micros(all, 1));
    }

    private static long micros(long all, double share) {
        long seen = 0;
        for (int i = 0; i < LATE.length(); i++) {
            seen += LATE.get(i);
            if (seen >= all * share && seen > 0) return (i + 1) * STEP / 1000;
        }
        return 0;
    }
}
