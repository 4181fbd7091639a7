package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.Listen;
import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.Reporter;
import io.katydid.api.Tag;
import io.katydid.api.Task;
import io.katydid.api.Tick;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.api.cli.Option;
import io.katydid.api.event.InitCommandLine;
import io.katydid.parity.Parity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ends runs in odd ways and looks at the order of things and at the exit code. */
class RunEndsTest {
    @TempDir Path folder;

    private interface Listening { void to(Environment environment); }

    private Scene listening(Listening listening) {
        var scene = new Scene(folder);
        scene.offer(Plugin.class, "probe", () -> new Plugin() {
            @Override public void init(Environment environment) { listening.to(environment); }
        });
        return scene;
    }

    @Test
    @Parity({"SD-113", "EV-7", "CL-120", "AC-4"}) void aListenerOfQuittingSetsTheExitCode() {
        var scene = listening(environment -> environment.events().quitting().addListener(event -> event.environment().processExitCode(42)));
        assertThat(scene.run("--headless", "-t", "1")).isEqualTo(42);
        assertThat(scene.err()).contains("Shutting down (exit code 42)");
    }

    @Test
    @Parity({"EV-32", "CL-120", "AC-67"}) void aListenerThatThrowsIsLoggedAndTheExitCodeIsTwo() {
        var heard = new ArrayList<String>();
        var scene = listening(environment -> {
            environment.events().testStart().addListener(_ -> { throw new IllegalStateException("deaf"); });
            environment.events().testStart().addListener(_ -> heard.add("start"));
        });
        assertThat(scene.run("--headless", "-t", "1")).isEqualTo(2);
        assertThat(heard).containsExactly("start");
        assertThat(scene.err()).contains("Uncaught exception in event handler", "deaf");
    }

    @Test
    @Parity("RN-27") void theRunTimeCountsFromTheStartAndNotFromTheEndOfTheRamp() {
        var marks = new ConcurrentHashMap<String, Long>();
        var scene = listening(environment -> {
            environment.events().testStart().addListener(_ -> marks.put("start", System.nanoTime()));
            environment.events().testStopping().addListener(_ -> marks.put("stopping", System.nanoTime()));
            environment.events().spawningComplete().addListener(_ -> marks.put("complete", System.nanoTime()));
        });
        assertThat(scene.run("--headless", "-u", "50", "-r", "1", "-t", "2")).as(scene.err()).isZero();
        assertThat(marks).containsOnlyKeys("start", "stopping");
        assertThat((marks.get("stopping") - marks.get("start")) / 1e9).isBetween(1.9, 10.0);
    }

    @Test
    @Parity("CL-120") void failuresDecideBeforeListeners() {
        var scene = listening(
            environment -> environment.events().testStart().addListener(_ -> { throw new IllegalStateException("deaf"); }));
        scene.users.clear();
        scene.users.add(Scene.Failing.class);
        assertThat(scene.run("--headless", "-t", "1", "--exit-code-on-error", "7")).isEqualTo(7);
    }

    @Test
    @Parity({"EV-9", "CL-121", "AC-22"}) void anInitThatThrowsEndsTheProcess() {
        var scene = listening(environment -> environment.events().init().addListener(_ -> { throw new IllegalStateException("no data"); }));
        assertThat(scene.run("--headless", "-t", "1")).as(scene.err()).isEqualTo(1);
        assertThat(scene.err()).contains("no data");
    }

    @Test
    @Parity({"SD-114", "EV-8", "EV-12", "EV-13", "CL-119", "AC-34"}) void aRunEndsInItsOrderAndEachEventComesOnce() {
        var order = Collections.synchronizedList(new ArrayList<String>());
        var scene = new Scene(folder);
        scene.offer(Plugin.class, "probe", () -> new Reporter() {
            @Override public void init(Environment environment) {
                var events = environment.events();
                events.testStart().addListener(_ -> order.add("start"));
                events.testStopping().addListener(event -> order.add("stopping " + event.environment().runner().userCount()));
                events.testStop().addListener(event -> order.add("stop " + event.environment().runner().userCount()));
                events.quitting().addListener(_ -> order.add("quitting 1"));
                events.quitting().addListener(_ -> order.add("quitting 2, said " + scene.err().contains("Shutting down")));
                events.quit().addListener(event -> order.add("quit " + event.exitCode()));
            }

            @Override public void finished(Environment environment, int exitCode) {
                order.add("results " + exitCode + ", said " + scene.err().contains("Shutting down (exit code 0)"));
            }
        });
        assertThat(scene.run("--headless", "-t", "1", "Buyer")).as(scene.err()).isZero();
        assertThat(order).containsExactly("start", "stopping 1", "stop 0", "quitting 2, said false", "quitting 1", "results 0, said true",
            "quit 0");
    }

    @Test
    @Parity("AC-36") void statisticsAreResetOnlyOnDemand() {
        var kept = new Scene(folder);
        assertThat(kept.run("--headless", "-t", "1", "-u", "3", "-r", "3")).isZero();
        assertThat(kept.err()).contains("All users spawned").doesNotContain("Resetting stats");
        var reset = new Scene(folder);
        assertThat(reset.run("--headless", "-t", "1", "-u", "3", "-r", "3", "--reset-stats")).isZero();
        assertThat(reset.err()).containsSubsequence("All users spawned", "Resetting stats");
    }

    /** Has one tagged task. */
    public static class Tagged extends User {
        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Tag("a")
        @Task void a() { measure("T", "a", () -> {}); }
    }

    @Test
    @Parity({"UM-34", "AC-20"}) void tagsThatMatchNothingWarnAndFailTheRun() {
        var scene = new Scene(folder);
        scene.users.clear();
        scene.users.add(Tagged.class);
        assertThat(scene.run("--headless", "-t", "1", "--tags", "b")).as(scene.err()).isEqualTo(1);
        assertThat(scene.err()).contains("Tagged had no tasks left after filtering, instantiating it will fail!",
            "No tasks defined on Tagged");
    }

    /** Cannot begin. */
    public static class Broken extends User {
        @Override protected void onStart() { throw new IllegalStateException("no login"); }

        @Task void never() { measure("T", "never", () -> {}); }
    }

    @Test
    @Parity("AC-96") void aUserBrokenAtItsStartIsLoggedAndShowsInTheExitCode() {
        var scene = new Scene(folder);
        scene.users.clear();
        scene.users.add(Broken.class);
        assertThat(scene.run("--headless", "-t", "1", "--logfile", "run.log")).isEqualTo(1);
        assertThat(folder.resolve("run.log")).content().contains("/ERROR/", "no login").doesNotContain("Aggregated");
    }

    /** Would never end. */
    public static class Endless extends LoadTestShape {
        @Override public Tick tick() { return users(1, 1); }
    }

    @Test
    @Parity("CL-96") void ofSeveralShapesTheFirstRuns() {
        var scene = new Scene(folder);
        scene.shapes.addAll(List.of(Scene.Short.class, Endless.class));
        assertThat(scene.run("--headless")).as(scene.err()).isZero();
        assertThat(scene.err()).contains("Shape test completed, shutting down");
    }

    static final List<String> DECLARED = new CopyOnWriteArrayList<>();
    static final Option<String> PLACE = Option.string("--place").defaultValue("here").help("Where to");

    @Listen static void declare(InitCommandLine event) {
        DECLARED.add("declared");
        event.options().add(PLACE);
    }

    @Test
    @Parity("EV-10") void theOptionParsersEventComesBeforeOptionsAreReadEachTimeTheyAreDeclared() throws Exception {
        DECLARED.clear();
        var scene = listening(environment -> DECLARED.add("init " + environment.parsedOptions().get(PLACE)));
        scene.listeners.add(RunEndsTest.class.getDeclaredMethod("declare", InitCommandLine.class));
        assertThat(scene.run("--headless", "-t", "1", "--place", "there")).as(scene.err()).isZero();
        assertThat(DECLARED).last().isEqualTo("init there");
        assertThat(DECLARED.subList(0, DECLARED.size() - 1)).isNotEmpty().containsOnly("declared");
        int sofar = DECLARED.size();
        assertThat(scene.run("--list")).as(scene.err()).isZero();
        assertThat(DECLARED).hasSizeGreaterThan(sofar).last().isEqualTo("declared");
    }
}
