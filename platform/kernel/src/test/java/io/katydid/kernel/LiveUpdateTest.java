package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.Plugin;
import io.katydid.api.User;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Replaces the classes of running users by those of another loader, as an update of a bundle does. */
class LiveUpdateTest {
    private static final List<String> SEEN = Feed.SEEN;
    private static final AtomicInteger STOPPED = Feed.STOPPED;

    /** Defines its own copy of the user class. */
    private static final class Copies extends ClassLoader {
        Copies(String name) {
            super(name, LiveUpdateTest.class.getClassLoader());
        }

        Class<? extends User> walker() throws IOException {
            var name = Walker.class.getName();
            try (var in = LiveUpdateTest.class.getClassLoader().getResourceAsStream(name.replace('.', '/') + ".class")) {
                var bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length).asSubclass(User.class);
            }
        }
    }

    private static KernelEnvironment started(Class<? extends User> type, int users) {
        SEEN.clear();
        STOPPED.set(0);
        var environment = new EnvironmentBuilder().userClasses(List.of(type)).loops(2).build();
        environment.createLocalRunner();
        environment.init();
        environment.runner().start(users, 1000);
        Runs.await(() -> environment.runner().userCount() == users && SEEN.size() > 10 * users);
        return environment;
    }

    private static LiveUpdate update(KernelEnvironment environment, Copies from, Class<? extends User> to, Copies next) {
        var parts = new ScriptParts(List.of(to), List.of(), Optional.empty(), List.of(), List.of(), environment.parsedOptions());
        return new LiveUpdate(Map.of(), Set.of(), Set.of(), Set.of(), Optional.of(new LiveUpdate.Relinked(parts, Map.of(from, next))),
            environment.parsedOptions(), "walker updated");
    }

    @Test void everyUserIsFollowedByOneOfTheNewerClassAndTheCountStays() throws Exception {
        var older = new Copies("older");
        var newer = new Copies("newer");
        try (var environment = started(older.walker(), 20)) {
            environment.userClasses().getFirst().weight(7);
            var counts = new ArrayList<Integer>();
            var drained = new AtomicBoolean();

            var rollover = environment.update(update(environment, older, newer.walker(), newer), () -> drained.set(true)).orElseThrow();
            Runs.await(() -> {
                counts.add(environment.runner().userCount());
                return drained.get();
            });

            assertThat(rollover.users()).isZero();
            assertThat(counts).hasSizeGreaterThan(3).allSatisfy(count -> assertThat(count).isBetween(18, 20));
            assertThat(STOPPED).as("onStop of each older user").hasValue(20);
            SEEN.clear();
            Runs.await(() -> SEEN.size() > 100);
            assertThat(SEEN).containsOnly("newer");
            assertThat(environment.runner().userCount()).isEqualTo(20);
            assertThat(environment.userClasses().getFirst().weight()).as("what was edited stays").isEqualTo(7);
            assertThat(environment.stats().exceptions()).isEmpty();
            assertThat(environment.run().orElseThrow().marks()).anySatisfy(mark -> assertThat(mark.what()).isEqualTo("walker updated"));
            environment.runner().start(5, 1000);
            Runs.await(() -> environment.runner().userCount() == 5);
            environment.runner().start(30, 1000);
            Runs.await(() -> environment.runner().userCount() == 30);
        }
    }

    @Test void usersAreReplacedAtTheRateOfTheLastRamp() throws Exception {
        var older = new Copies("older");
        var newer = new Copies("newer");
        try (var environment = started(older.walker(), 20)) {
            environment.runner().start(20, 20);
            var drained = new AtomicBoolean();
            long begin = System.nanoTime();
            environment.update(update(environment, older, newer.walker(), newer), () -> drained.set(true));
            Runs.await(drained::get);
            // 20 users at 20 per second take one; a machine may be late, but not early.
            assertThat((System.nanoTime() - begin) / 1e9).isBetween(0.8, 15.0);
            assertThat(STOPPED).hasValue(20);
        }
    }

    @Test void aStopInTheMiddleOfARolloverLeavesNobodyBehind() throws Exception {
        for (int round = 0; round < 20; round++) {
            var older = new Copies("older");
            var newer = new Copies("newer");
            try (var environment = started(older.walker(), 10)) {
                var drained = new AtomicBoolean();
                environment.update(update(environment, older, newer.walker(), newer), () -> drained.set(true));
                int seen = round;
                Runs.await(() -> STOPPED.get() >= seen % 10);

                environment.runner().stop();

                assertThat(environment.runner().userCount()).isZero();
                Runs.await(drained::get);
                assertThat(environment.runner().userCount()).isZero();
            }
        }
    }

    @Test void usersOfAScriptThatCannotBeLinkedAgainAreLeftAlone() throws Exception {
        var older = new Copies("older");
        try (var environment = started(older.walker(), 4)) {
            var update = new LiveUpdate(Map.of(), Set.of(older), Set.of(), Set.of(), Optional.empty(), environment.parsedOptions(),
                "does not fit");

            var rollover = environment.update(update, () -> {}).orElseThrow();
            SEEN.clear();
            Runs.await(() -> SEEN.size() > 200);

            assertThat(STOPPED).as("users that were told to end").hasValue(0);
            assertThat(rollover.users()).isEqualTo(4);
            environment.runner().start(6, 1000);
            Runs.await(() -> environment.runner().userCount() == 6);
        }
    }

    @Test void usersOfWhatWasTakenAwayGoOnAndNoNewOnesCome() throws Exception {
        var gone = new Copies("gone");
        try (var environment = started(gone.walker(), 4)) {
            var drained = new AtomicBoolean();
            var update = new LiveUpdate(Map.of(), Set.of(gone), Set.of(gone), Set.of(), Optional.empty(), environment.parsedOptions(),
                "gone");

            var rollover = environment.update(update, () -> drained.set(true)).orElseThrow();
            environment.runner().start(8, 1000);
            SEEN.clear();
            Runs.await(() -> SEEN.size() > 100);

            assertThat(environment.runner().userCount()).isEqualTo(4);
            assertThat(rollover.users()).isEqualTo(4);
            assertThat(drained).isFalse();
            environment.runner().stop();
            Runs.await(drained::get);
        }
    }

    @Test void usersOfWhatWasRemovedAtOnceEndAfterTheirTaskAndNobodyFollows() throws Exception {
        var gone = new Copies("gone");
        try (var environment = started(gone.walker(), 4)) {
            var drained = new AtomicBoolean();
            var update = new LiveUpdate(Map.of(), Set.of(gone), Set.of(gone), Set.of(gone), Optional.empty(), environment.parsedOptions(),
                "gone at once");

            environment.update(update, () -> drained.set(true));
            Runs.await(drained::get);

            assertThat(environment.runner().userCount()).isZero();
            assertThat(STOPPED).as("onStop of each user").hasValue(4);
            assertThat(environment.stats().exceptions()).isEmpty();
            assertThat(environment.runner().state()).isEqualTo(io.katydid.api.State.RUNNING);
            environment.runner().start(3, 1000);
            Runs.await(() -> environment.runner().state() == io.katydid.api.State.RUNNING);
            assertThat(environment.runner().userCount()).as("no new users of it").isZero();

            var back = new Copies("back");
            environment.update(update(environment, gone, back.walker(), back), () -> {});
            Runs.await(() -> environment.runner().userCount() == 3);
            SEEN.clear();
            Runs.await(() -> SEEN.size() > 50);
            assertThat(SEEN).containsOnly("back");
        }
    }

    @Test void aPluginWhoseInitThrowsOrBlocksIsLeftOutAndTheOthersGoOn() throws Exception {
        var log = new CopyOnWriteArrayList<String>();
        var release = new java.util.concurrent.CountDownLatch(1);
        var throwing = new Plugin() {
            @Override public void init(Environment to) {
                to.events().spawningComplete().addListener(_ -> log.add("heard by a plugin that failed"));
                throw new IllegalStateException("no licence");
            }
        };
        var blocking = new Plugin() {
            @Override public void init(Environment to) throws Exception {
                release.await();
                to.events().spawningComplete().addListener(_ -> log.add("late"));
                log.add("returned");
            }
        };
        var sound = new Plugin() {
            @Override public void init(Environment to) {
                to.events().spawningComplete().addListener(_ -> log.add("sound"));
            }
        };
        try (var environment = started(new Copies("users").walker(), 1)) {
            for (var plugin : List.of(throwing, blocking, sound)) {
                environment.update(new LiveUpdate(Map.of(plugin, "bundle"), Set.of(), Set.of(), Set.of(), Optional.empty(),
                    environment.parsedOptions(), "came"), () -> {});
            }
            environment.runner().start(2, 1000);
            Runs.await(() -> log.contains("sound"));
            assertThat(log).containsExactly("sound");

            release.countDown();
            Runs.await(() -> log.contains("returned"));
            environment.runner().start(3, 1000);
            Runs.await(() -> log.size() == 4);
            assertThat(log).containsExactlyInAnyOrder("sound", "returned", "late", "sound");
        }
    }

    @Test void aPluginThatComesIsInitialisedAndOneThatIsLeftLosesWhatItRegistered() throws Exception {
        var older = new Copies("older");
        try (var environment = started(older.walker(), 1)) {
            var log = new CopyOnWriteArrayList<String>();
            var plugin = new Plugin() {
                @Override public void init(Environment to) {
                    log.add("init");
                    to.events().spawningComplete().addListener(_ -> log.add("heard"));
                }

                @Override public void close() {
                    log.add("close");
                }
            };
            var come = new LiveUpdate(Map.of(plugin, "late"), Set.of(), Set.of(), Set.of(), Optional.empty(), environment.parsedOptions(),
                "late");
            environment.update(come, () -> {});
            environment.runner().start(2, 1000);
            Runs.await(() -> log.contains("heard"));

            var go = new LiveUpdate(Map.of(), Set.of(plugin.getClass().getClassLoader()), Set.of(), Set.of(), Optional.empty(),
                environment.parsedOptions(), "left");
            environment.update(go, () -> {});
            environment.runner().start(3, 1000);
            Runs.await(() -> environment.runner().userCount() == 3);

            assertThat(log).containsExactly("init", "heard", "close");
        }
    }
}
