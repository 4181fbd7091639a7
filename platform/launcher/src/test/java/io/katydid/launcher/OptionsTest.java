package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.Tag;
import io.katydid.api.Task;
import io.katydid.api.Tick;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.api.stats.StatsEntry;
import io.katydid.api.web.WebModel;
import io.katydid.api.web.WebServer;
import io.katydid.api.web.WebUIOptions;
import io.katydid.kernel.options.KernelOptions;
import io.katydid.kernel.options.Options;
import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Sets each option of the platform in each way it can be set, and looks at what it changes in a run. */
class OptionsTest {
    /** Holds name, variable of the reference or -, text, and the value as {@code katydid config} shows it. */
    private static final String TABLE = """
        locustfile           LOCUST_LOCUSTFILE         Shop.java   Shop.java
        host                 LOCUST_HOST               http://h:1  http://h:1
        users                LOCUST_USERS              7           7
        spawn-rate           LOCUST_SPAWN_RATE         2.5         2.5
        run-time             LOCUST_RUN_TIME           1m5s        65s
        list                 -                         true        true
        config-users         LOCUST_CONFIG_USERS       u.json      [u.json]
        plugins              LOCUST_PLUGINS            none        none
        headless             LOCUST_HEADLESS           true        true
        autostart            LOCUST_AUTOSTART          true        true
        autoquit             LOCUST_AUTOQUIT           3           3
        tags                 LOCUST_TAGS               a           [a]
        exclude-tags         LOCUST_EXCLUDE_TAGS       b           [b]
        reset-stats          LOCUST_RESET_STATS        true        true
        max-names            -                         9           9
        skip-log-setup       LOCUST_SKIP_LOG_SETUP     true        true
        loglevel             LOCUST_LOGLEVEL           debug       DEBUG
        logfile              LOCUST_LOGFILE            x.log       x.log
        show-task-ratio      -                         true        true
        show-task-ratio-json -                         true        true
        exit-code-on-error   LOCUST_EXIT_CODE_ON_ERROR 5           5
        stop-timeout         LOCUST_STOP_TIMEOUT       4           4s
        drain                -                         2           2s
        equal-weights        -                         true        true
        profile              -                         night       night
        loops                -                         1           1
        busy-poll            -                         true        true
        """;
    /** Are hidden, or read before the others; they have tests of their own. */
    private static final List<String> APART = List.of("config", "headful");

    @TempDir Path folder;

    /** Is a line of the table. */
    record Row(String name, String variable, String text, String shown) {
        @Override public String toString() { return name; }
    }

    static Stream<Row> rows() {
        return TABLE.lines().map(line -> line.split(" +")).map(words -> new Row(words[0], words[1], words[2], words[3]));
    }

    @Test void noOptionIsLeftOutOfTheTable() {
        var options = new Options();
        KernelOptions.addTo(options);
        var names = options.all().stream().map(owned -> owned.option().key()).collect(Collectors.toCollection(TreeSet::new));
        APART.forEach(name -> assertThat(names.remove(name)).isTrue());
        assertThat(rows().map(Row::name)).containsExactlyInAnyOrderElementsOf(names).hasSizeGreaterThan(20);
    }

    @ParameterizedTest
    @MethodSource("rows")
    @Parity({"CL-2", "CL-3", "CL-4", "CL-5", "CL-6", "CL-7", "CL-13", "CL-36", "CL-37", "CL-42", "CL-46", "CL-47", "CL-48", "CL-52",
        "CL-53", "CL-55"}) void eachIsSetByCommandLineVariablesAndFile(Row row) throws Exception {
        var flag = row.text().equals("true");
        assertShown(row, "command line", new Scene(folder),
            flag ? new String[]{"--" + row.name()} : new String[]{"--" + row.name(), row.text()});
        var own = new Scene(folder);
        var variable = "KATYDID_" + row.name().toUpperCase(Locale.ROOT).replace('-', '_');
        own.environment.put(variable, row.text());
        assertShown(row, variable, own);
        if (!row.variable().equals("-")) {
            var reference = new Scene(folder);
            reference.environment.put(row.variable(), row.text());
            assertShown(row, row.variable(), reference);
        }
        Files.writeString(folder.resolve("locust.conf"), row.name() + " = " + row.text() + "\n");
        assertShown(row, "locust.conf", new Scene(folder));
        Files.writeString(folder.resolve("extra.toml"), row.name().replace('-', '_') + " = \"" + row.text() + "\"\n");
        assertShown(row, "extra.toml", new Scene(folder), "--config", "extra.toml");
        var named = new Scene(folder);
        named.environment.put("KATYDID_CONFIG", "extra.toml");
        assertShown(row, "extra.toml", named);
    }

    private static void assertShown(Row row, String source, Scene scene, String... more) {
        assertThat(scene.run(Stream.concat(Stream.of("config"), Stream.of(more)).toArray(String[]::new))).as(scene.err()).isZero();
        assertThat(scene.out().lines().filter(line -> line.startsWith(row.name() + " "))).singleElement().asString()
            .matches(java.util.regex.Pattern.quote(row.name()) + " += " + java.util.regex.Pattern.quote(row.shown()) + " +# "
                + java.util.regex.Pattern.quote(source));
    }

    @Test void whatOnlyACommandLineCanSaySaysSoInAFile() throws Exception {
        Files.writeString(folder.resolve("katydid.conf"), "config = other.conf\nhelp\n");
        var scene = new Scene(folder);
        scene.environment.put("KATYDID_VERSION", "true");
        assertThat(scene.run("--list")).isZero();
        assertThat(scene.err()).contains("katydid.conf: 'config' cannot be set in a file; it is left out.",
            "katydid.conf: 'help' cannot be set in a file; it is left out.");
    }

    /** Runs a command line and keeps its environment. */
    private Environment run(Scene scene, int code, String... words) {
        var seen = new AtomicReference<Environment>();
        scene.offer(Plugin.class, "probe", () -> new Plugin() {
            @Override public void init(Environment environment) { seen.set(environment); }
        });
        assertThat(scene.run(words)).as(scene.err()).isEqualTo(code);
        return seen.get();
    }

    private Environment run(Scene scene, String... words) { return run(scene, 0, words); }

    private static List<String> names(Environment environment) {
        return environment.stats().entries().stream().map(StatsEntry::name).toList();
    }

    @Test
    @Parity({"SD-14", "SD-135", "CL-4", "CL-5", "CL-6", "CL-7", "CL-53", "CL-55"}) void hostUsersRateProfileAndTimeoutsReachTheRun() {
        var scene = new Scene(folder);
        scene.environment.put("LOCUST_HOST", "http://h:1");
        var environment = run(scene, "--headless", "-t", "1", "-u", "3", "-r", "7", "--profile", "night", "-s", "4s", "--loops", "1",
            "Buyer");
        assertThat(environment.host()).contains("http://h:1");
        assertThat(environment.stopTimeout()).contains(Duration.ofSeconds(4));
        assertThat(environment.run().orElseThrow().parameters()).containsEntry("profile", "night").containsEntry("users", 3)
            .containsEntry("spawn-rate", 7.0).containsEntry("host", "http://h:1");
        assertThat(environment.stats().snapshot().health().loopUtilisation()).hasSize(1);
        assertThat(scene.err()).contains("Ramping to 3 users at a rate of 7.00 per second", "Run time limit set to 1 seconds");
    }

    @Test
    @DisplayName("CL-112")
    @Parity({"CL-13", "CL-112", "AC-7"}) void withoutUsersAndRateThereIsOneUserAtOnePerSecond() {
        var scene = new Scene(folder);
        run(scene, "--headless", "-t", "1s");
        assertThat(scene.err()).contains("Ramping to 1 users at a rate of 1.00 per second");
    }

    /** Has tasks with tags. */
    public static class Tagged extends User {
        @Override protected WaitTime waitTime() { return constant(0.001); }

        @Tag("a")
        @Task void a() { measure("T", "a", () -> {}); }

        @Tag({"a", "b"})
        @Task void ab() { measure("T", "ab", () -> {}); }

        @Task void none() { measure("T", "none", () -> {}); }
    }

    private Scene of(Class<? extends User> type) {
        var scene = new Scene(folder);
        scene.users.clear();
        scene.users.add(type);
        return scene;
    }

    @Test
    @Parity({"SD-82", "UM-33", "CL-36", "CL-37"}) void tagsChooseTasks() {
        assertThat(names(run(of(Tagged.class), "--headless", "-t", "1", "--tags", "a", "--exclude-tags", "b"))).containsExactly("a");
    }

    @Test
    @Parity({"SD-81", "CL-36"}) void tagsOfAVariableAreSeveral() {
        var scene = of(Tagged.class);
        scene.environment.put("LOCUST_TAGS", "b c");
        assertThat(names(run(scene, "--headless", "-t", "1"))).containsExactly("ab");
    }

    @Test void namesBeyondTheMaximumAreOther() {
        assertThat(names(run(of(Tagged.class), "--headless", "-t", "1", "--max-names", "2"))).hasSizeBetween(2, 3).contains("(other)");
    }

    @Test
    @Parity("CL-54") void equalWeightsMakeTasksEqual() {
        var scene = new Scene(folder);
        assertThat(scene.run("--show-task-ratio", "--equal-weights")).isZero();
        assertThat(scene.out()).contains("   50.0       look\n", "   50.0       leave\n");
    }

    @Test
    @Parity("CL-42") void statisticsAreResetAfterTheRamp() {
        var scene = new Scene(folder);
        var environment = run(scene, "--headless", "-t", "1", "--reset-stats", "Buyer");
        assertThat(scene.err()).contains("Resetting stats");
        assertThat(environment.run().orElseThrow().marks()).anyMatch(mark -> mark.what().equals("statistics reset"));
    }

    /** Has a request that is never answered. */
    public static class Unanswered extends User {
        @Task void call() { measure("T", "lost", () -> new CountDownLatch(1).await()); }
    }

    @Test void theDrainCutsOffWhatIsNotAnswered() {
        var environment = run(of(Unanswered.class), "--headless", "-t", "1", "--drain", "0");
        assertThat(environment.stats().snapshot().cancelled()).containsEntry("T lost", 1L);
        assertThat(environment.stats().total().numRequests()).isZero();
    }

    @Test
    @Parity({"SD-196", "CL-47", "CL-48"}) void theLogHasALevelAndAFile() throws Exception {
        var scene = new Scene(folder);
        assertThat(scene.run("--headless", "-t", "1", "-L", "warning")).isZero();
        assertThat(scene.err()).isEmpty();
        var other = new Scene(folder);
        assertThat(other.run("--headless", "-t", "1", "--logfile", "run.log")).isZero();
        assertThat(other.err()).doesNotContain("Shutting down");
        assertThat(folder.resolve("run.log")).content().contains("Shutting down (exit code 0)");
    }

    @Test
    @Parity("CL-46") void theLogCanBeLeftAlone() {
        var before = new Scene(folder);
        LogSetup.install("INFO", before.place().err(), before.place().err());
        var scene = new Scene(folder);
        assertThat(scene.run("--headless", "-t", "1", "--skip-log-setup")).isZero();
        assertThat(scene.err()).isEmpty();
        assertThat(before.err()).contains("Shutting down (exit code 0)");
    }

    @Test
    @Parity("CL-52") void exitCodeOnErrorMayBeZero() {
        assertThat(run(of(Scene.Failing.class), 0, "--headless", "-t", "1", "--exit-code-on-error", "0").stats().total().numFailures())
            .isPositive();
    }

    private static Scene withConsole(Scene scene) {
        scene.offer(WebServer.class, "console", () -> new WebServer() {
            @Override public Served start(WebModel model, WebUIOptions options) {
                return new Served() {
                    @Override public <T> Optional<T> unwrap(Class<T> type) { return Optional.empty(); }

                    @Override public void close() {}
                };
            }
        });
        return scene;
    }

    @Test
    @DisplayName("CL-113, AC-10") void autostartStopsTheTestAndAutoquitTheProcess() {
        var scene = withConsole(new Scene(folder));
        scene.environment.put("LOCUST_AUTOSTART", "true");
        assertThat(run(scene, "-t", "1", "--autoquit", "0", "Buyer").webUI()).isPresent();
        assertThat(scene.err()).contains("--run-time limit reached, stopping test", "--autoquit time reached, shutting down",
            "Shutting down (exit code 0)");
    }

    @Test
    @DisplayName("CL-113") void withoutAutoquitTheConsoleStays() throws Exception {
        var scene = withConsole(new Scene(folder));
        var code = CompletableFuture.supplyAsync(() -> scene.run("--autostart", "-t", "1", "Buyer"));
        awaitText(scene, "--autoquit not specified, leaving web ui running indefinitely");
        assertThat(code).isNotDone();
        scene.signal.get().run();
        assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
    }

    @Test void withAConsoleNothingStartsByItselfUnlessHeadless() throws Exception {
        var scene = withConsole(new Scene(folder));
        Files.writeString(folder.resolve("locust.conf"), "headless = true\n");
        var code = CompletableFuture.supplyAsync(() -> scene.run("--headful", "Buyer"));
        awaitText(scene, "Starting Katydid");
        while (scene.signal.get() == null) Thread.onSpinWait();
        scene.signal.get().run();
        assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(scene.err()).doesNotContain("Ramping");
        var headless = withConsole(new Scene(folder));
        run(headless, "-t", "1", "--autostart", "--headless");
        assertThat(headless.err()).contains("Option --autostart is implied by --headless.", "Ramping");
    }

    /** Ends after its first second. */
    public static class OneTick extends LoadTestShape {
        @Override public Tick tick() { return runTime() < 0.5 ? users(1, 10) : stop(); }
    }

    /** Reads the common options itself. */
    public static class Reads extends OneTick {
        @Override protected boolean useCommonOptions() { return true; }
    }

    @Test
    @DisplayName("CL-114, AC-19")
    @Parity({"RN-43", "RN-46", "CL-114", "AC-19"}) void aShapeSaysWhichOptionsItIgnoresAndThatItIsCompleted() {
        var scene = new Scene(folder);
        scene.shapes.add(OneTick.class);
        run(scene, "--headless", "-u", "3", "-t", "1h");
        assertThat(scene.err()).contains(
            "--run-time, --users or --spawn-rate have no impact on a load shape unless it reads them itself; OneTick does not.\n",
            "The following option(s) will be ignored: --run-time, --users\n", "Shape test stopping\n",
            "Shape test completed, shutting down\n");
        var quiet = new Scene(folder);
        quiet.shapes.add(Reads.class);
        run(quiet, "--headless", "-u", "3");
        assertThat(quiet.err()).doesNotContain("ignored");
    }

    @Test
    @DisplayName("CL-114, AC-10") void aShapeWithAConsoleLeavesItOrQuits() {
        var scene = withConsole(new Scene(folder));
        scene.shapes.add(OneTick.class);
        run(scene, "--autostart", "--autoquit", "0");
        assertThat(scene.err()).contains("Shape test completed, stopping test\n", "--autoquit time reached, shutting down\n");
    }

    @Test
    @DisplayName("CL-111")
    @Parity("CL-111") void tooFewOpenFilesAreSaidBeforeTheRun() {
        assertThat(OpenFiles.warning(20_000, 100)).isEmpty();
        assertThat(OpenFiles.warning(1024, 10))
            .hasValue("System open file limit '1024' is below minimum setting '10000', and the system did"
                + " not allow to raise it: beyond about 924 connections requests will fail. Raise it before the start, such as with: ulimit -n 10000");
        assertThat(OpenFiles.warning(20_000, 50_000))
            .hasValue("System open file limit '20000' is below what 50000 users need, and the system did"
                + " not allow to raise it: beyond about 19900 connections requests will fail. Raise it before the start, such as with: ulimit -n 51000");
        assertThat(OpenFiles.limit().orElseThrow()).isPositive();
    }

    private static void awaitText(Scene scene, String text) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!scene.err().contains(text)) {
            assertThat(System.nanoTime()).as("'%s' in %s", text, scene.err()).isLessThan(end);
            LockSupport.parkNanos(1_000_000);
        }
    }
}
