package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Command;
import io.katydid.api.Environment;
import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.User;
import io.katydid.api.UserDispatcher;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LaunchTest {
    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        --headles                        | 2 | Unknown option: '--headles'. Did you mean '--headless'?
        --users -3                       | 2 | --users: -3 is negative. Give 0 or more users.
        --users many                     | 2 | --users: invalid int value: 'many'. Give a whole number.
        --run-time 5x                    | 2 | Invalid time span format '5x'. Valid formats: 20, 20s, 3m, 2h, 1h20m, 3h30m10s, etc.
        --spawn-rate 0                   | 2 | --spawn-rate: must be > 0
        --loglevel LOUD                  | 2 | --loglevel: invalid choice 'LOUD'
        --host                           | 2 | --host
        --config nowhere.conf            | 2 | --config: there is no file 'nowhere.conf'
        --autoquit 3                     | 1 | --autoquit is only meaningful in combination with --autostart
        Nobody                           | 1 | Unknown User(s): Nobody
        Buyr                             | 1 | Did you mean 'Buyer'?
        --config-users {"weight":2}      | 2 | does not say which class it is for
        --config-users nonsense          | 2 | this is not JSON
        --config-users {"user_class_name":"X"} | 255 | Error applying user config, there is no user class 'X'
        """)
    @Parity({"CL-6", "CL-57", "CL-70", "CL-71", "CL-79", "CL-121", "AC-94"}) void aWrongArgumentIsNamedOnceWithItsExitCode(String arguments,
        int code, String text) {
        var scene = new Scene(folder);
        assertThat(scene.run(("-t 1s --headless " + arguments).split(" "))).as(scene.err()).isEqualTo(code);
        assertThat(scene.err()).contains(text).doesNotContain("\tat ");
    }

    @Test
    @Parity("CL-97") void aScriptWithoutUsersIsRefused() {
        var scene = new Scene(folder);
        scene.users.clear();
        assertThat(scene.run("--headless")).isEqualTo(1);
        assertThat(scene.err()).contains("No User class found!");
    }

    @Test
    @Parity({"CL-7", "CL-57"}) void aTimedRunEndsByItself() {
        var scene = new Scene(folder);
        assertThat(scene.run("--headless", "-u", "2", "-r", "10", "-t", "1s", "Buyer")).as(scene.err()).isZero();
        assertThat(scene.err())
            .contains("Run time limit set to 1 seconds", "--run-time limit reached, shutting down", "Shutting down (exit code 0)",
                "\"Buyer\": 2")
            .doesNotContain("Browser");
    }

    @Test
    @Parity({"CL-52", "CL-120"}) void failuresGiveTheChosenExitCode() {
        var scene = new Scene(folder);
        scene.users.clear();
        scene.users.add(Scene.Failing.class);
        assertThat(scene.run("--headless", "-t", "1s", "--exit-code-on-error", "7")).as(scene.err()).isEqualTo(7);
    }

    @Test void aShapeEndsTheRunAndOptionsItIgnoresAreNamed() {
        var scene = new Scene(folder);
        scene.shapes.add(Scene.Short.class);
        assertThat(scene.run("--headless", "-u", "3", "-t", "1h")).as(scene.err()).isZero();
        assertThat(scene.err()).contains("will be ignored: --run-time, --users");
    }

    @Test void aSignalEndsTheRunWithItsReport() throws Exception {
        var scene = new Scene(folder);
        var code = CompletableFuture.supplyAsync(() -> scene.run("--headless", "Buyer"));
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!scene.err().contains("All users spawned") && System.nanoTime() < end) Thread.onSpinWait();
        scene.signal.get().run();
        assertThat(code.get(30, TimeUnit.SECONDS)).isZero();
        assertThat(scene.err()).contains("No run time limit set, use CTRL+C to interrupt", "Shutting down (exit code 0)");
    }

    @Test void withoutAConsoleARunIsHeadless() {
        var scene = new Scene(folder);
        assertThat(scene.run("-t", "1s")).as(scene.err()).isZero();
        assertThat(scene.err()).contains("There is no web console among the bundles");
    }

    @Test
    @Parity("CL-8") void classesAreListed() {
        var scene = new Scene(folder);
        assertThat(scene.run("--list")).isZero();
        assertThat(scene.out()).isEqualTo("Available Users:\n    Browser\n    Buyer\n");
    }

    @Test
    @Parity({"SD-80", "CL-49"}) void taskRatiosArePrintedAsTheReferenceDoes() {
        var scene = new Scene(folder);
        assertThat(scene.run("--show-task-ratio")).as(scene.err()).isZero();
        assertThat(scene.out())
            .startsWith("\n Task ratio per User class\n" + "-".repeat(80)
                + "\n 100.0      Browser\n   66.7       look\n   33.3       leave\n 100.0      Buyer\n")
            .contains("\n Total task ratio\n");
    }

    @Test
    @Parity("CL-50") void taskRatiosAsJson() {
        var scene = new Scene(folder);
        assertThat(scene.run("--show-task-ratio-json")).isZero();
        assertThat(scene.out()).startsWith("{\n    \"per_class\"").contains("\"total\"");
    }

    @Test
    @Parity({"CL-1", "AC-1"}) void helpHasUsageGroupsAndExamples() {
        var scene = new Scene(folder);
        scene.offer(Plugin.class, "csv", () -> with(Option.string("--csv").placeholder("PREFIX").help("Write CSV files")));
        assertThat(scene.run("--help")).as(scene.err()).isZero();
        assertThat(scene.out()).startsWith("Usage: katydid [options] [UserClass ...]")
            .contains("Common options:", "-u, --users N", "Options of csv:", "--csv PREFIX", "warm-up", "Examples:")
            .doesNotContain("--headful");
        assertThat(scene.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test void aBundleWithATakenOptionDoesNotStart() {
        var scene = new Scene(folder);
        scene.offer(Plugin.class, "rude", () -> with(Option.string("--users")));
        assertThat(scene.run("--list")).isZero();
        assertThat(scene.err()).contains("the bundle rude does not start: The option --users of rude is taken");
    }

    @Test
    @Parity("CL-72") void aRequiredOptionIsAskedFor() {
        var scene = new Scene(folder);
        scene.offer(Plugin.class, "shop", () -> with(Option.string("--key").required()));
        assertThat(scene.run("--list")).isEqualTo(2);
        assertThat(scene.err()).contains("--key has no value", "KATYDID_KEY");
    }

    @Test
    @Parity({"CL-72", "CL-78"}) void configShowsValuesTheirOriginAndNoSecret() throws Exception {
        Files.writeString(folder.resolve("katydid.conf"), "users = 7\ntoken = hush\n");
        var scene = new Scene(folder);
        scene.environment.put("LOCUST_HOST", "http://env");
        scene.offer(Plugin.class, "shop", () -> with(Option.string("--token").secret()));
        assertThat(scene.run("config", "-r", "3")).as(scene.err()).isZero();
        assertThat(scene.out()).containsPattern("users +?= 7 +# katydid.conf").containsPattern("host += http://env +# LOCUST_HOST")
            .containsPattern("spawn-rate += 3.0 +# command line").contains("********").doesNotContain("hush");
    }

    @Test void unknownKeysOfFilesAreNamed() throws Exception {
        Files.writeString(folder.resolve("katydid.conf"), "usres = 7\n");
        var scene = new Scene(folder);
        assertThat(scene.run("--list")).isZero();
        assertThat(scene.err()).contains("katydid.conf: there is no option 'usres'; it is left out. Did you mean 'users'?");
    }

    @Test void aWrongValueInAFileNamesTheFile() throws Exception {
        Files.writeString(folder.resolve("katydid.conf"), "users = some\n");
        var scene = new Scene(folder);
        assertThat(scene.run("--list")).isEqualTo(2);
        assertThat(scene.err()).contains("invalid int value: 'some'", "(from katydid.conf)");
    }

    @Test void configUsersChangeClasses() {
        var scene = new Scene(folder);
        assertThat(scene.run("--show-task-ratio", "--config-users", "{\"user_class_name\":\"Browser\",\"weight\":3}")).as(scene.err())
            .isZero();
        assertThat(scene.out()).contains(" 75.0       Browser");
    }

    @Test void aVerbOfABundleRunsWithItsOptions() {
        var scene = new Scene(folder);
        scene.offer(Command.class, "demo", Demo::new);
        assertThat(scene.run("demo", "--speed", "5")).as(scene.err()).isEqualTo(5);
        assertThat(scene.loaded).isEmpty();
    }

    @Test void bundlesAreListed() {
        var scene = new Scene(folder);
        scene.offer(Plugin.class, "http", Knob::new);
        assertThat(scene.run("plugins", "--plugins", "-x")).isZero();
        assertThat(scene.out()).isEqualTo("""
            NAME  VERSION  STATE   KIND      FILE
            http  1.2.0    active  protocol  http.jar
                adds  users HttpUser; packages io.katydid.http; options --knob
            bad   0.1.0    failed            bad.jar
                error  no manifest. Give it one.
            """);
        assertThat(scene.selected).isEqualTo("-x");
    }

    /** Has an option. */
    static final class Knob implements Plugin {
        @Override public void options(OptionRegistry options) { options.add(Option.flag("--knob")); }
    }

    @Test void bundlesAreCheckedInstalledAndRemoved() {
        assertThat(plugins("plugins", "check", "http.jar")).isEqualTo(
            "0 check http.jar | ok       http.jar is the bundle http 1.2.0; it adds users HttpUser; packages io.katydid.http.");
        assertThat(plugins("plugins", "check", "bad.jar")).isEqualTo("1 check bad.jar | problem  bad.jar: no manifest. Give it one.");
        assertThat(plugins("plugins", "install", "http.jar"))
            .startsWith("0 install http.jar, check http.jar | Installed http 1.2.0 as bundles/http.jar; it adds users HttpUser");
        assertThat(plugins("plugins", "remove", "http")).isEqualTo("0 remove http | Removed http 1.2.0 (bundles/http.jar).");
        assertThat(plugins("plugins", "remove", "http", "--now")).isEqualTo(
            "0 remove http now | Removed http 1.2.0 (bundles/http.jar). Its users in a running test end after their present task.");
        assertThat(plugins("plugins", "install", "gone.jar"))
            .isEqualTo("1 install gone.jar, check gone.jar | There is no file 'gone.jar'.");
    }

    @Test void wrongWordsAfterPluginsAreRefused() {
        assertThat(plugins("plugins", "instal", "x.jar")).startsWith(
            "2  | katydid: plugins: there is no 'instal'. Did you mean 'install'? Write: katydid plugins [list], katydid plugins check FILE,");
        assertThat(plugins("plugins", "check")).startsWith("2  | katydid: plugins check needs the FILE of a bundle, and got none. Write: ");
        assertThat(plugins("plugins", "remove", "a", "b"))
            .startsWith("2  | katydid: plugins remove needs the NAME of a bundle, and got a b.");
        assertThat(plugins("plugins", "list", "--now")).startsWith("2  | katydid: plugins list: --now is for remove only.");
        assertThat(plugins("plugins", "list", "--nwo")).startsWith("2  | katydid: Unknown option: '--nwo'. Did you mean '--now'?");
    }

    private String plugins(String... words) {
        var scene = new Scene(folder);
        int code = scene.run(words);
        return code + " " + String.join(", ", scene.installed.calls) + " | " + (scene.out() + scene.err()).strip();
    }

    @Test void aShapeOfABundleIsChosenByName() {
        var scene = new Scene(folder);
        scene.offer(LoadTestShape.class, "Short", Scene.Short::new);
        assertThat(scene.run("--headless", "--shape", "Short")).as(scene.err()).isZero();
        assertThat(scene.err()).contains("Shape test updating to 1 users", "Shape test completed");

        var other = new Scene(folder);
        other.offer(LoadTestShape.class, "Short", Scene.Short::new);
        assertThat(other.run("--headless", "--shape", "Shrot")).isEqualTo(2);
        assertThat(other.err()).contains("--shape: there is no load shape called 'Shrot'. Did you mean 'Short'? There are: Short.");
    }

    @Test void ofTheScriptsShapesTheNamedOneRuns() {
        var scene = new Scene(folder);
        scene.shapes.add(Endless.class);
        scene.shapes.add(Scene.Short.class);
        assertThat(scene.run("--headless", "--shape", "Short")).as(scene.err()).isZero();
    }

    /** Would never end. */
    public static class Endless extends LoadTestShape {
        @Override public io.katydid.api.Tick tick() { return users(1, 1); }
    }

    @Test void aDispatcherOfABundleDecidesWhoIsSpawned() {
        var scene = new Scene(folder);
        UserDispatcher.Factory onlyBuyers = (classes, workers) -> new BuyersOnly();
        scene.offer(UserDispatcher.Factory.class, "BuyersOnly", () -> onlyBuyers);
        assertThat(scene.run("--headless", "-u", "3", "-r", "100", "-t", "1", "--dispatcher", "BuyersOnly")).as(scene.err()).isZero();
        assertThat(scene.err()).contains("All users spawned: {\"Browser\": 0, \"Buyer\": 3}");

        var none = new Scene(folder);
        assertThat(none.run("--headless", "--dispatcher", "BuyersOnly")).isEqualTo(2);
        assertThat(none.err())
            .contains("--dispatcher: there is no dispatcher called 'BuyersOnly'. No bundle offers one: put its jar into plugins/.");
    }

    /** Spawns buyers and nobody else. */
    static final class BuyersOnly implements UserDispatcher {
        @Override public Iterable<Step> dispatch(int users, double rate, List<Class<? extends User>> only) {
            return List.of(new Step(Map.of("local", Map.of("Buyer", users)), 0));
        }

        @Override public void workers(List<String> ids) {}

        @Override public void lost(String worker, String type, int count) {}
    }

    @Test void initWritesOnce() {
        var scene = new Scene(folder);
        assertThat(scene.run("init")).isZero();
        assertThat(folder.resolve("katydidfile.java")).hasContent(StarterScript.TEXT);
        assertThat(scene.run("init")).isEqualTo(1);
        assertThat(scene.err()).contains("already; it is left as it is");
    }

    @Test void theDoctorLooksAtJdkLoopsPortAndMemory() {
        var scene = new Scene(folder);
        assertThat(scene.run("doctor")).isBetween(0, 1);
        assertThat(scene.out()).contains("JDK " + Runtime.version(), "Port 8089", "Heap: up to")
            .containsPattern("carrier loops|default scheduler");
    }

    @Test void warmUpWithoutAPlaceForTheCacheSaysSo() {
        var scene = new Scene(folder);
        assertThat(scene.run("warm-up")).isEqualTo(1);
        assertThat(scene.err()).contains("-Dkatydid.aot is not set");
    }

    @Test
    @Parity("CL-57") void userClassesComeFromTheVariableToo() {
        var scene = new Scene(folder);
        scene.environment.put("LOCUST_USER_CLASSES", "Buyer");
        assertThat(scene.run("--list")).isZero();
        assertThat(scene.out()).isEqualTo("Available Users:\n    Buyer\n");
    }

    @Test
    @Parity("CL-48") void aLogFileTakesTheLog() throws Exception {
        var scene = new Scene(folder);
        assertThat(scene.run("--headless", "-t", "1s", "--logfile", "run.log", "Buyer")).as(scene.err()).isZero();
        assertThat(folder.resolve("run.log")).content().contains("/INFO/katydid.main: Starting Katydid", "Shutting down (exit code 0)");
        assertThat(scene.err()).doesNotContain("Starting Katydid");
    }

    @Test
    @Parity("CL-51") void theVersionNeedsNothing() {
        var scene = new Scene(folder);
        assertThat(scene.run("-V")).isZero();
        assertThat(scene.out()).startsWith("katydid ").contains(" from ", "(Java ");
    }

    @Test
    @Parity("CL-2") void scriptsAreNamedByCommandLineThenVariable() {
        var scene = new Scene(folder);
        scene.environment.put("KATYDID_LOCUSTFILE", "B.java");
        scene.run("--list", "-f", "A.java,C.java");
        assertThat(scene.loaded).containsExactly("A.java", "C.java");
        scene.run("--list");
        assertThat(scene.loaded).containsExactly("B.java");
    }

    @Test void aPythonScriptOfTheReferenceIsSkippedWithOneLine() {
        var scene = new Scene(folder);
        scene.environment.put("LOCUST_LOCUSTFILE", "locustfile.py");
        scene.run("--list");
        assertThat(scene.loaded).isEmpty();
        assertThat(scene.err()).containsOnlyOnce("is a Python script and is skipped");
    }

    private static Plugin with(Option<?> option) {
        return new Plugin() {
            @Override public void options(OptionRegistry options) {
                options.add(option);
            }
        };
    }

    /** Gives its option as exit code. */
    private static final class Demo implements Command {
        private static final Option<Integer> SPEED = Option.integer("--speed").defaultValue(1);

        @Override public String name() { return "demo"; }

        @Override public String description() { return "Show it"; }

        @Override public void options(OptionRegistry options) {
            options.add(SPEED);
        }

        @Override public int run(Environment environment) { return environment.parsedOptions().get(SPEED); }
    }
}
