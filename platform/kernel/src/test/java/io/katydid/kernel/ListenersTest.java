package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import io.katydid.api.EventDispatcher;
import io.katydid.api.EventHook;
import io.katydid.api.InterruptTaskSet;
import io.katydid.api.RescheduleTask;
import io.katydid.api.RescheduleTaskImmediately;
import io.katydid.api.StopTest;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.TaskSignal;
import io.katydid.api.User;
import io.katydid.parity.Parity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Adds listeners to the hooks of an environment and to hooks of a script's own. */
class ListenersTest {

    static class Nobody extends User {
        @Task void nothing() {
            sleep(60);
        }
    }

    private final EnvironmentBuilder builder = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1);
    private final KernelEnvironment environment = builder.build();
    private final List<String> heard = new ArrayList<>();

    @AfterEach void close() {
        environment.close();
    }

    private void report() {
        environment.events().request().report("T", "call", 1).success();
    }

    @Test
    @Parity({"EV-30", "EV-31", "SD-100", "SD-101", "SD-102"}) void theyAreCalledInTheirOrderOnTheThreadThatFires() {
        var hook = environment.events().request();
        var thread = Thread.currentThread();
        hook.addListener(_ -> heard.add("second " + Thread.currentThread().equals(thread)));
        var third = hook.addListener(_ -> heard.add("third"));
        hook.addFirst(_ -> heard.add("first"));
        report();
        assertThat(heard).containsExactly("first", "second true", "third");
        third.close();
        third.close();
        heard.clear();
        report();
        assertThat(heard).containsExactly("first", "second true");
    }

    @Test
    @Parity({"EV-32", "AC-67"}) void aListenerThatFailsIsLoggedOnceAndTheOthersStillHear() {
        try (var log = new Logged("katydid.event")) {
            environment.events().request().addListener(_ -> { throw new IllegalStateException("no disk"); });
            environment.events().request().addListener(_ -> { throw new StackOverflowError(); });
            environment.events().request().addListener(_ -> { throw new AssertionError("not so"); });
            environment.events().request().addListener(_ -> heard.add("last"));
            for (int i = 0; i < 40; i++) report();
            assertThat(heard).hasSize(40);
            assertThat(log.at(Level.ERROR)).hasSize(3).first().asString().startsWith("Uncaught exception in event handler ")
                .endsWith("(further ones of this kind are only counted): java.lang.IllegalStateException: no disk");
            assertThat(environment.stats().exceptions()).isEmpty();
            assertThat(environment.exitCode(1)).isEqualTo(2);
            environment.processExitCode(0);
            assertThat(environment.exitCode(1)).isZero();
        }
    }

    @Test
    @Parity("EV-33") void signalsPassToWhoeverFires() {
        for (TaskSignal signal : List.of(new StopUser(), new StopTest(), new RescheduleTask(), new RescheduleTaskImmediately(),
            new InterruptTaskSet())) {
            var listener = environment.events().request().addListener(_ -> { throw signal; });
            assertThatThrownBy(this::report).isSameAs(signal);
            listener.close();
        }
        assertThat(environment.listenerFailed()).isFalse();
    }

    /** Is a request as a script of the seed tracks it. */
    private record Tagged(String requestType, String name, double durationMs, long length, String traceId) {}

    @Test
    @Parity({"EV-35", "SD-105", "SD-117"}) void aHookOfItsOwnServesAScript() {
        var log = java.util.logging.Logger.getLogger(EventHook.class.getName());
        var logged = new ArrayList<String>();
        log.setUseParentHandlers(false);
        log.setFilter(line -> logged.add(line.getMessage() + ": " + line.getThrown().getMessage()));
        var tagged = new EventHook<Tagged>();
        var queue = new LinkedBlockingQueue<Tagged>();
        tagged.addListener(_ -> { throw new IllegalStateException("only logged"); });
        var registration = tagged.addListener(queue::add);
        environment.events().request().addListener(event -> tagged.fire(
            new Tagged(event.requestType(), event.name(), event.responseTimeMs(), event.responseLength(),
                String.valueOf(event.context().get("trace")))));
        environment.events().request().report("GET", "/a", 12.5).context("trace", "t-1").responseLength(3).success();
        registration.close();
        report();
        assertThat(queue).containsExactly(new Tagged("GET", "/a", 12.5, 3, "t-1"));
        assertThat(logged).hasSize(2).containsOnly("Uncaught exception in event handler: only logged");
        tagged.addListener(_ -> { throw new StopUser(); });
        assertThatThrownBy(() -> tagged.fire(queue.element())).isInstanceOf(StopUser.class);
    }

    @Test
    @Parity("SD-131") void anotherDispatcherBringsEveryEvent() {
        var brought = new AtomicInteger();
        try (var other = new EnvironmentBuilder().userClasses(List.of(Nobody.class)).loops(1).eventDispatcher(new EventDispatcher() {
            @Override public <E> void dispatch(EventHook<E> hook, E event) {
                brought.incrementAndGet();
                if (brought.get() == 7) throw new IllegalStateException("the line is down");
                for (var listener : hook.listeners()) {
                    try {
                        listener.on(event);
                    } catch (Exception problem) {
                        throw new IllegalStateException(problem);
                    }
                }
            }
        }).build()) {
            other.events().request().addListener(_ -> heard.add("heard"));
            for (int i = 0; i < 40; i++) other.events().request().report("T", "call", 1).success();
            assertThat(brought).hasValue(40);
            // What it throws is a listener's failure: whoever made the request is not to blame.
            assertThat(heard).hasSize(39);
            assertThat(other.listenerFailed()).isTrue();
        }
    }

    @Test
    @Parity({"EV-1", "SD-111", "UM-13"}) void aRequestCarriesAllOfItsFacts() {
        environment.events().request().addListener(event -> {
            heard.add(event.requestType() + " " + event.name() + " " + event.responseTimeMs() + " " + event.responseLength() + " "
                + event.response().orElse("-") + " " + event.context() + " " + event.exception().map(Throwable::getMessage).orElse("-")
                + " " + event.url().isEmpty() + " " + event.user().isPresent());
            assertThat(event.startTime()).isBetween(java.time.Instant.now().minusSeconds(60), java.time.Instant.now());
        });
        environment.events().request().report("SQL", "select", 7.25).response("rows").responseLength(44).context("k", "v").failure("empty");
        environment.events().request().report("SQL", "select", Double.NaN).success();
        assertThat(heard).containsExactly("SQL select 7.25 44 rows " + Map.of("k", "v") + " empty true false",
            "SQL select NaN 0 - {} - true false");
        assertThat(environment.listenerFailed()).isFalse();
    }

    @Test
    @Parity("EV-36") void statisticsAreKeptBeforeTheFirstListenerIsCalled() {
        environment.createLocalRunner().start(0, 1);
        environment.events().request().addFirst(_ -> { throw new StopUser(); });
        assertThatThrownBy(this::report).isInstanceOf(StopUser.class);
        environment.runner().stop();
        assertThat(environment.stats().total().numRequests()).isEqualTo(1);
    }
}
