package io.katydid.testkit;

import io.katydid.api.StopUser;
import io.katydid.api.TaskSignal;
import io.katydid.api.User;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.event.UserError;
import io.katydid.api.stats.Snapshot;
import io.katydid.launcher.Katydid;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Is one user of a protocol that plays one part in an environment of its own. */
final class ProtocolTrial implements AutoCloseable {
    static final String PART = "katydid.testkit.part";
    private final EmbeddedKatydid katydid;
    private final List<RequestEvent> events = new CopyOnWriteArrayList<>();
    private final List<UserError> errors = new CopyOnWriteArrayList<>();
    private final CountDownLatch played = new CountDownLatch(1);
    private volatile @Nullable Throwable problem;
    private volatile long endNanos;

    /** Is what the user does. */
    @FunctionalInterface
    interface Script {

        void run(ProtocolCalls calls, User user) throws Exception;
    }

    /** Is how the user's class, whatever its loader, finds what it is to do. */
    @FunctionalInterface
    interface Part {

        void play(ProtocolCalls calls, User user) throws Exception;
    }

    ProtocolTrial(Class<? extends User> type, String address, Duration drain, Script script) throws InterruptedException {
        katydid = EmbeddedKatydid.open(Katydid.environment(type).host(address).loops(1).drain(drain));
        katydid.environment().events().request().addListener(events::add);
        katydid.environment().events().userError().addListener(errors::add);
        Part part = (calls, user) -> play(script, calls, user);
        katydid.environment().shared(PART, Part.class, () -> part);
        katydid.start(1);
    }

    private void play(Script script, ProtocolCalls calls, User user) throws Exception {
        try {
            script.run(calls, user);
        } catch (TaskSignal signal) {
            throw signal;
        } catch (Throwable thrown) {
            problem = thrown;
        } finally {
            endNanos = System.nanoTime();
            played.countDown();
        }
        throw new StopUser();
    }

    /** Waits until the part is played; throws what it threw. */
    ProtocolTrial awaitEnd() {
        Await.until("the user has played its part", () -> played.getCount() == 0 || !errors.isEmpty());
        var thrown = problem;
        if (thrown != null) throw new AssertionError("An exception left the client: " + thrown, thrown);
        if (!errors.isEmpty()) throw new AssertionError("The user failed: " + errors, errors.getFirst().exception());
        return this;
    }

    boolean isOver() { return played.getCount() == 0; }

    long endNanos() { return endNanos; }

    EmbeddedKatydid katydid() { return katydid; }

    List<UserError> errors() { return List.copyOf(errors); }

    List<RequestEvent> events(String name) { return events.stream().filter(event -> event.name().equals(name)).toList(); }

    List<RequestEvent> events() { return List.copyOf(events); }

    Snapshot stop() { return katydid.stop(); }

    @Override public void close() {
        katydid.close();
    }
}
