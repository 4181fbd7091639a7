package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.katydid.api.EventHook;
import io.katydid.api.Events;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.UserClass;
import io.katydid.api.WaitTime;
import io.katydid.api.event.RequestEvent;
import io.katydid.parity.Parity;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Hears the events of runs in a program of one's own, with what each of them carries. */
class SeedEventsTest {
    private final List<String> heard = new CopyOnWriteArrayList<>();

    @Test
    @Parity({"SD-100", "SD-104", "SD-106", "SD-107", "SD-108", "SD-109", "SD-110"}) void aRunSaysWhatHappens() {
        try (var environment = Katydid.environment(Scene.Buyer.class).build(); var runner = environment.createLocalRunner()) {
            var events = environment.events();
            events.init().addListener(event -> heard.add("init " + (event.environment() == environment) + (event.runner() == runner)
                + event.webUI().isPresent()));
            events.testStart()
                .addListener(event -> heard.add("start " + (event.environment() == environment) + (event.runner() == runner)));
            events.testStop().addListener(event -> heard.add("stop " + (event.environment() == environment) + (event.runner() == runner)));
            var classes = new CopyOnWriteArrayList<UserClass>();
            events.spawning().addListener(event -> {
                classes.add(event.userClass());
                heard.add("spawning " + event.userCount());
            });
            events.spawningComplete().addListener(_ -> heard.add("complete"));
            environment.init();
            runner.start(2, 100);
            await().until(() -> heard.contains("complete"));
            runner.stop();
            assertThat(heard).first().isEqualTo("init truetruefalse");
            assertThat(heard).last().isEqualTo("stop truetrue");
            assertThat(heard).containsOnlyOnce("start truetrue").containsOnlyOnce("complete")
                .anyMatch(text -> text.startsWith("spawning "));
            assertThat(classes).extracting(UserClass::name).containsOnly("Buyer");
        }
    }

    /** Fails in its task. */
    public static class Stumbling extends User {
        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Task void stumble() { throw new IllegalStateException("stumbled"); }
    }

    @Test
    @Parity({"SD-112", "EV-2"}) void anErrorOfAUserIsHeardWithItsUserAndItsTrace() {
        try (var environment = Katydid.environment(Stumbling.class).build(); var runner = environment.createLocalRunner()) {
            var seen = new AtomicReference<io.katydid.api.event.UserError>();
            environment.events().userError().addListener(seen::set);
            environment.init();
            runner.start(1, 1);
            await().until(() -> seen.get() != null);
            assertThat(seen.get().user()).isInstanceOf(Stumbling.class);
            assertThat(seen.get().exception()).hasMessage("stumbled");
            assertThat(seen.get().exception().getStackTrace()[0].getMethodName()).isEqualTo("stumble");
        }
    }

    @Test
    @Parity({"SD-102", "SD-105", "SD-117", "EV-35"}) void anOwnEventIsFiredWithAnOwnPayload() {
        record Tagged(String name, String traceId) {}
        var tagged = new EventHook<Tagged>();
        var listener = tagged.addListener(event -> heard.add(event.name() + " " + event.traceId()));
        tagged.fire(new Tagged("GET", "17"));
        listener.close();
        tagged.fire(new Tagged("GET", "18"));
        assertThat(heard).containsExactly("GET 17");
        assertThat(EventHook.class.getPackage()).isEqualTo(Events.class.getPackage()).isEqualTo(User.class.getPackage());
    }

    @Test
    @Parity("SD-101") void aListenerMayGoBeforeTheOthers() {
        var hook = new EventHook<String>();
        hook.addListener(text -> heard.add("second " + text));
        hook.addFirst(text -> heard.add("first " + text));
        hook.fire("x");
        assertThat(heard).containsExactly("first x", "second x");
    }

    @Test
    @Parity({"SD-103", "SD-111", "SD-118", "EV-34"}) void aBlockIsMeasuredAndItsExceptionIsItsFailure() {
        try (var environment = Katydid.environment(Scene.Buyer.class).build(); var runner = environment.createLocalRunner()) {
            var events = new CopyOnWriteArrayList<RequestEvent>();
            environment.events().request().addListener(events::add);
            environment.init();
            runner.start(0, 1);
            var good = environment.events().request().measure("gRPC", "Predict", sample -> {
                sample.responseLength(5).context("trace", 17).response("answer");
                return "answer";
            });
            var bad = environment.events().request().measure("gRPC", "Predict", () -> { throw new IllegalStateException("broken"); });
            assertThat(good.value()).contains("answer");
            assertThat(bad.exception()).get().isInstanceOf(IllegalStateException.class);
            assertThat(events).hasSize(2).allMatch(event -> event.requestType().equals("gRPC") && event.name().equals("Predict")
                && event.responseTimeMs() >= 0);
            assertThat(events.getFirst().responseLength()).isEqualTo(5);
            assertThat(events.getFirst().context()).isEqualTo(Map.of("trace", 17));
            assertThat(events.getFirst().response()).contains("answer");
            assertThat(events.getFirst().exception()).isEmpty();
            assertThat(events.getLast().exception()).get().isInstanceOf(IllegalStateException.class);
            runner.quit();
            assertThat(environment.stats().get("Predict", "gRPC").numFailures()).isOne();
        }
    }
}
