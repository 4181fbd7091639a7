package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.KatydidException;
import io.katydid.api.State;
import io.katydid.api.StopUser;
import io.katydid.api.User;
import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.Snapshot;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * Is what every protocol user promises: each request is recorded once, under its name, with its time; a stop ends it; nothing of it stays.
 *
 * <pre>{@code
 * class HttpUserContractTest extends ProtocolUserContract {
 *     @Override protected Class<? extends User> userClass() { return Calls.class; }
 *
 *     @Override protected Peer openPeer() {
 *         return TargetServer.open().answer("/missing", Answer.status(404)).answer("/held", Answer.text("late").held());
 *     }
 *
 *     static final class Calls extends HttpUser implements ProtocolCalls { … }
 * }
 * }</pre>
 */
@Isolated("looks at the threads of the whole process")
public abstract class ProtocolUserContract {
    private static final Duration DRAIN = Duration.ofMillis(300);
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SOON = Duration.ofSeconds(5);
    /** The platform looks every 100 ms whether the drain is over; from then on the client has 100 ms. */
    private static final Duration AFTER_DRAIN = Duration.ofMillis(200);
    private static final int TRIES = 5;
    private static final int CALLS = 20;

    /** Makes the contract; JUnit does. */
    protected ProtocolUserContract() {}

    /** Gives the user class: one of your protocol that implements {@link ProtocolCalls} and whose one task is {@code play()}. */
    protected abstract Class<? extends User> userClass();

    /** Opens a server of the protocol. Its address becomes the host of the environment. */
    protected abstract Peer openPeer() throws Exception;

    private ProtocolTrial trial(String address, ProtocolTrial.Script script) throws InterruptedException {
        return new ProtocolTrial(userClass(), address, DRAIN, script);
    }

    private static EntrySnapshot entry(Snapshot snapshot, String name) {
        var found = snapshot.entries().stream().filter(entry -> entry.name().equals(name)).toList();
        assertThat(found).as("rows of the statistics with the name '" + name + "' among " + snapshot.entries().stream().map(entry -> entry
            .method() + " " + entry.name()).toList()).hasSize(1);
        return found.getFirst();
    }

    private static void checkTime(double millis, long tookNanos) {
        assertThat(millis).as("response time in ms of a call that took " + tookNanos / 1e6 + " ms").isPositive()
            .isLessThanOrEqualTo(tookNanos / 1e6 + 1);
    }

    /** A success is one row with one request, one event, and a time between 0 and what the call took. */
    @Test void aSuccessIsRecordedOnceUnderTheNameAskedFor() throws Exception {
        var took = new long[1];
        try (var peer = openPeer(); var trial = trial(peer.address(), (calls, _) -> {
            long begin = System.nanoTime();
            calls.succeed("contract success");
            took[0] = System.nanoTime() - begin;
        })) {
            var entry = entry(trial.awaitEnd().stop(), "contract success");
            assertThat(entry.numRequests()).as("requests").isEqualTo(1);
            assertThat(entry.numFailures()).as("failures").isZero();
            assertThat(entry.method()).as("request type").isNotBlank();
            checkTime(entry.maxResponseTime(), took[0]);
            assertThat(trial.events("contract success")).as("events").singleElement().satisfies(event -> {
                assertThat(event.exception()).isEmpty();
                assertThat(event.requestType()).isEqualTo(entry.method());
                checkTime(event.responseTimeMs(), took[0]);
            });
        }
    }

    /** A failure is one request that failed, has a text, and does not end the task. */
    @Test void aFailureIsRecordedOnceUnderTheNameAskedForAndTheTaskGoesOn() throws Exception {
        var took = new long[1];
        try (var peer = openPeer(); var trial = trial(peer.address(), (calls, _) -> {
            long begin = System.nanoTime();
            calls.fail("contract failure");
            took[0] = System.nanoTime() - begin;
            calls.succeed("contract afterwards");
        })) {
            var snapshot = trial.awaitEnd().stop();
            var entry = entry(snapshot, "contract failure");
            assertThat(entry.numRequests()).as("requests").isEqualTo(1);
            assertThat(entry.numFailures()).as("failures").isEqualTo(1);
            checkTime(entry.maxResponseTime(), took[0]);
            assertThat(entry.failures()).singleElement()
                .satisfies(error -> assertThat(error.error()).as("text of the failure").isNotBlank());
            assertThat(trial.events("contract failure")).singleElement().satisfies(event -> assertThat(event.exception()).isPresent());
            assertThat(entry(snapshot, "contract afterwards").numFailures()).isZero();
        }
    }

    /** A server that is not there is a failure with a text, not an exception out of the task or a dead user. */
    @Test void aRefusedServerIsAFailureAndNoException() throws Exception {
        String nobody;
        try (var peer = openPeer()) {
            nobody = peer.address();
        }
        try (var trial = trial(nobody, (calls, _) -> calls.succeed("contract refused"))) {
            var snapshot = trial.awaitEnd().stop();
            assertThat(snapshot.total().numFailures()).as("failures").isPositive().isEqualTo(snapshot.total().numRequests());
            assertThat(snapshot.errors()).allSatisfy(error -> assertThat(error.error()).as("text of the failure").isNotBlank());
            assertThat(snapshot.exceptions()).as("exceptions").isEmpty();
        }
    }

    /** A request in flight is awaited for the drain: what is answered meanwhile is recorded. */
    @Test void aStopAwaitsTheAnswerForTheDrain() throws Exception {
        try (var peer = openPeer();
            var trial = new ProtocolTrial(userClass(), peer.address(), LONG, (calls, _) -> calls.hang("contract drain"))) {
            Await.until("the request has arrived", () -> peer.unanswered() > 0);
            var stopping = Thread.ofPlatform().start(() -> trial.katydid().runner().stop());
            // The user is marked before it is interrupted for the first time, which is soon after the stop began.
            Await.until("the stop has begun", () -> trial.katydid().runner().state() != State.RUNNING);
            peer.release();
            stopping.join();
            var entry = entry(trial.stop(), "contract drain");
            assertThat(entry.numRequests()).as("requests").isEqualTo(1);
            assertThat(entry.numFailures()).as("failures").isZero();
        }
    }

    /** When the drain is over, a waiting call ends within 100 ms and is counted as cancelled: neither a request nor a failure. */
    @Test void aStopEndsAWaitingCallWhenTheDrainIsOver() throws Exception {
        long limit = DRAIN.plus(AFTER_DRAIN).toNanos();
        long best = Long.MAX_VALUE;
        // Of a process whose machine is busy the best try counts.
        for (int i = 0; i < TRIES && best > limit; i++) best = Math.min(best, stopOnce());
        assertThat(best / 1_000_000).as("ms from the stop to the end of the call, best of " + TRIES)
            .isBetween(DRAIN.toMillis() - 20, limit / 1_000_000);
    }

    private long stopOnce() throws Exception {
        try (var peer = openPeer(); var trial = trial(peer.address(), (calls, _) -> calls.hang("contract hang"))) {
            Await.until("the request has arrived", () -> peer.unanswered() > 0);
            long begin = System.nanoTime();
            var snapshot = trial.stop();
            assertThat(trial.isOver()).as("the call has ended").isTrue();
            assertThat(snapshot.cancelled()).as("requests cut off by the end of the drain").containsEntry(cancelledName(snapshot), 1L)
                .hasSize(1);
            assertThat(trial.events("contract hang")).as("events of a request that was cut off").isEmpty();
            assertThat(snapshot.total().numFailures()).as("failures").isZero();
            assertThat(trial.errors()).as("exceptions").isEmpty();
            return trial.endNanos() - begin;
        }
    }

    /** The table's key may hold the request type beside the name. */
    private static String cancelledName(Snapshot snapshot) {
        return snapshot.cancelled().keySet().stream().filter(key -> key.contains("contract hang")).findFirst().orElse("contract hang");
    }

    /** When a user has ended its connections are closed, although the environment goes on. */
    @Test void anEndedUserHasNoConnection() throws Exception {
        try (var peer = openPeer(); var trial = trial(peer.address(), (calls, _) -> {
            calls.succeed("contract connection");
            calls.fail("contract connection");
        })) {
            trial.awaitEnd().stop();
            Await.until("the server has no open connection", SOON, () -> peer.openConnections() == 0);
        }
    }

    /** Two environments in one process see their own requests only. */
    @Test void twoEnvironmentsDoNotMix() throws Exception {
        try (var here = openPeer(); var there = openPeer()) {
            var both = new CountDownLatch(2);
            try (var one = trial(here.address(), (calls, _) -> many(calls, "contract one", both));
                var two = trial(there.address(), (calls, _) -> many(calls, "contract two", both))) {
                var first = one.awaitEnd().stop();
                var second = two.awaitEnd().stop();
                assertThat(entry(first, "contract one").numRequests()).isEqualTo(CALLS);
                assertThat(entry(second, "contract two").numRequests()).isEqualTo(CALLS);
                assertThat(first.entries()).extracting(EntrySnapshot::name).doesNotContain("contract two");
                assertThat(second.entries()).extracting(EntrySnapshot::name).doesNotContain("contract one");
                assertThat(one.events())
                    .allMatch(event -> event.user().filter(user -> user.environment().equals(one.katydid().environment()))
                        .isPresent());
            }
        }
    }

    private static void many(ProtocolCalls calls, String name, CountDownLatch both) throws Exception {
        both.countDown();
        both.await();
        for (int i = 0; i < CALLS; i++) calls.succeed(name);
    }

    /** A child thread of the user may use the client, and is recorded, or is told clearly that it may not. */
    @Test void aChildThreadMayUseTheClientOrIsToldThatItMayNot() throws Exception {
        for (var kind : List.<Thread.Builder>of(Thread.ofVirtual(), Thread.ofPlatform())) {
            var thrown = new AtomicReference<Throwable>();
            try (var peer = openPeer(); var trial = trial(peer.address(), (calls, _) -> {
                var child = kind.start(() -> {
                    try {
                        calls.succeed("contract child");
                    } catch (Throwable problem) {
                        thrown.set(problem);
                    }
                });
                assertThat(child.join(LONG)).as("the child's call has ended").isTrue();
            })) {
                var snapshot = trial.awaitEnd().stop();
                if (thrown.get() == null) {
                    assertThat(entry(snapshot, "contract child").numRequests()).as("requests of the child").isEqualTo(1);
                    assertThat(entry(snapshot, "contract child").numFailures()).as("failures of the child").isZero();
                } else {
                    assertThat(thrown.get()).as("what the child was told").isInstanceOf(KatydidException.class);
                    assertThat(thrown.get().getMessage()).isNotBlank();
                }
            }
        }
    }

    /** After close there is no thread, socket, file or connection that was not there before. */
    @Test void closingLeavesNothing() throws Exception {
        useAndClose();
        try (var peer = openPeer()) {
            var before = Leftovers.before();
            use(peer);
            before.check("closing an environment with a user of the protocol");
            assertThat(peer.openConnections()).as("open connections of the server").isZero();
        }
    }

    private void useAndClose() throws Exception {
        try (var peer = openPeer()) {
            use(peer);
        }
    }

    private void use(Peer peer) throws Exception {
        try (var trial = trial(peer.address(), (calls, _) -> {
            calls.succeed("contract rest");
            calls.fail("contract rest");
        })) {
            trial.awaitEnd();
        }
        try (var trial = trial(peer.address(), (calls, _) -> calls.hang("contract rest"))) {
            Await.until("the request has arrived", () -> peer.unanswered() > 0);
            trial.stop();
        }
        Await.until("the server has seen that the client is gone", SOON, () -> peer.unanswered() == 0);
    }

    /** When the environment is closed the protocol's classes can be unloaded. */
    @Test void itsClassesCanBeUnloaded() throws Exception {
        try (var peer = openPeer()) {
            Unloading.check(ProtocolUserContract.class, getClass(), anew -> anew.use(peer), protocolClass());
        }
    }

    private Class<?> protocolClass() {
        Class<?> at = userClass();
        while (at.getSuperclass() != null && !at.getSuperclass().equals(User.class)) at = at.getSuperclass();
        return at;
    }

    /** Signals pass through the client: what a script throws to end its user ends it. */
    @Test void aSignalOfAListenerEndsTheUser() throws Exception {
        try (var peer = openPeer(); var trial = trial(peer.address(), (calls, user) -> {
            try (var _ = user.environment().events().request().addListener(_ -> { throw new StopUser(); })) {
                calls.succeed("contract signal");
            }
            throw new AssertionError("The client swallowed a StopUser of a listener. Let TaskSignal pass.");
        })) {
            Await.until("the user has ended", SOON, () -> trial.katydid().runner().userCount() == 0);
            trial.awaitEnd();
            assertThat(entry(trial.stop(), "contract signal").numRequests()).isEqualTo(1);
        }
    }
}
