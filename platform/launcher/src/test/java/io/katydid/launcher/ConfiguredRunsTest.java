package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.FixedCount;
import io.katydid.api.Plugin;
import io.katydid.api.Setting;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.api.stats.StatsEntry;
import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Changes users and adds options by command line, variables and files, and looks at what the run has of it. */
class ConfiguredRunsTest {
    private static final String THREE = "{\"user_class_name\": \"Browser\", \"weight\": 3}";
    private static final String BOTH = "[" + THREE + ", {\"user_class_name\":\"Buyer\",\"weight\":1}]";
    @TempDir Path folder;

    private void assertThreeQuarters(Scene scene, String... words) {
        var all = new java.util.ArrayList<>(List.of("--show-task-ratio"));
        all.addAll(List.of(words));
        assertThat(scene.run(all.toArray(String[]::new))).as(scene.err()).isZero();
        assertThat(scene.out()).contains(" 75.0       Browser\n", " 25.0       Buyer\n");
    }

    @Test
    @Parity({"CL-9", "CL-79"}) void usersAreConfiguredInAllForms() throws Exception {
        Files.writeString(folder.resolve("one.json"), THREE);
        Files.writeString(folder.resolve("both.json"), BOTH);
        assertThreeQuarters(new Scene(folder), "--config-users", THREE);
        assertThreeQuarters(new Scene(folder), "--config-users", BOTH);
        assertThreeQuarters(new Scene(folder), "--config-users", "{\"user_class_name\":\"Buyer\",\"weight\":2}",
            "{\"user_class_name\":\"Browser\",\"weight\":6}");
        assertThreeQuarters(new Scene(folder), "--config-users", "one.json");
        assertThreeQuarters(new Scene(folder), "--config-users", "both.json");
        for (var text : List.of(THREE, BOTH, "one.json", "both.json")) {
            var scene = new Scene(folder);
            scene.environment.put("LOCUST_CONFIG_USERS", text);
            assertThreeQuarters(scene);
            Files.writeString(folder.resolve("users.conf"), "config-users = " + text + "\n");
            assertThreeQuarters(new Scene(folder), "--config", "users.conf");
        }
        Files.writeString(folder.resolve("users.toml"),
            "config-users = [{user_class_name = \"Browser\", weight = 3}, {user_class_name = \"Buyer\"}]\n");
        assertThreeQuarters(new Scene(folder), "--config", "users.toml");
    }

    /** Says what it was given. */
    public static class Told extends User {
        @Setting String colour = "grey";

        @Override protected WaitTime waitTime() { return constant(0.01); }

        @Task void tell() { measure("T", colour + " of " + environment().userClasses().getFirst().host().orElse(""), () -> {}); }

        @Task void shun() { measure("T", "shunned", () -> {}); }
    }

    @Test
    @Parity("CL-79") void keysSetFieldsHostAndTasks() {
        var scene = only(Told.class);
        var environment = run(scene, 0, "--headless", "-t", "1", "--config-users",
            "{\"user_class_name\":\"Told\",\"host\":\"http://own\",\"fixed_count\":2,\"tasks\":[\"tell\"],\"colour\":\"red\"}", "-u", "5",
            "-r", "9");
        assertThat(environment.stats().entries()).extracting(StatsEntry::name).containsExactly("red of http://own");
        assertThat(scene.err()).contains("All users spawned: {\"Told\": 2} (2 total users)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"user_class_name":"Nobody"}            | 255 | Error applying user config, there is no user class 'Nobody'. The script has Told.
        {"user_class_name":"Told","size":1}     | 2   | size
        {"user_class_name":"Told","weight":"x"} | 2   | --config-users
        {"weight":1}                            | 2   | does not say which class it is for
        [1]                                     | 2   | does not say which class it is for
        {"user_class_name":                     | 2   | this is not JSON
        nowhere.json                            | 2   | the file 'nowhere.json' cannot be read
        """)
    @Parity({"CL-79", "CL-121"}) void whatCannotBeAppliedIsRefused(String text, int code, String said) {
        var scene = only(Told.class);
        assertThat(scene.run("--headless", "-t", "1", "--config-users", text)).as(scene.err()).isEqualTo(code);
        assertThat(scene.err()).contains(said).doesNotContain("\tat ");
    }

    private static final Option<String> MINE = Option.string("--my-argument").env("MY_ARGUMENT").defaultValue("none");
    private static final Option<List<String>> MANY = Option.strings("--many");
    private static final Option<String> STAGE = Option.string("--stage").choices("dev", "prod").defaultValue("dev").help("Where");
    private static final Option<String> KEY = Option.string("--key").secret().required();

    private Scene custom() {
        var scene = new Scene(folder);
        scene.offer(Plugin.class, "shop", () -> new Plugin() {
            @Override public void options(OptionRegistry options) { options.add(MINE).add(MANY).add(STAGE).add(KEY); }
        });
        return scene;
    }

    @Test
    @Parity({"SD-190", "CL-72", "CL-78", "AC-3", "AC-94"}) void ownOptionsComeFromFileVariableAndCommandLine() throws Exception {
        Files.writeString(folder.resolve("pyproject.toml"), "[tool.locust]\nmy-argument = \"project\"\nstage = \"prod\"\n");
        assertThat(run(custom(), 0, "--headless", "-t", "1", "--key", "k").parsedOptions().get(MINE)).isEqualTo("project");
        Files.writeString(folder.resolve("locust.conf"), "my-argument = conf\nmany = [a, b]\nkey = hush\n");
        var file = run(custom(), 0, "--headless", "-t", "1").parsedOptions();
        assertThat(List.of(file.get(MINE), file.get(MANY), file.get(STAGE))).isEqualTo(List.of("conf", List.of("a", "b"), "prod"));
        assertThat(file.get(KEY)).isEqualTo("hush");
        Files.writeString(folder.resolve("more.conf"), "my-argument = more\n");
        assertThat(run(custom(), 0, "--headless", "-t", "1", "--config", "more.conf").parsedOptions().get(MINE)).isEqualTo("more");
        var scene = custom();
        scene.environment.put("MY_ARGUMENT", "variable");
        assertThat(run(scene, 0, "--headless", "-t", "1", "--config", "more.conf").parsedOptions().get(MINE)).isEqualTo("variable");
        var line = custom();
        line.environment.put("MY_ARGUMENT", "variable");
        var given = run(line, 0, "--headless", "-t", "1", "--my-argument", "line", "--many", "x", "y").parsedOptions();
        assertThat(given.get(MINE)).isEqualTo("line");
        assertThat(given.get(MANY)).containsExactly("x", "y");
    }

    @Test
    @Parity({"CL-72", "CL-121"}) void aWrongChoiceAndAMissingValueAreRefused() {
        var choice = custom();
        assertThat(choice.run("--headless", "-t", "1", "--key", "k", "--stage", "test")).isEqualTo(2);
        assertThat(choice.err()).contains("--stage: invalid choice 'test'. Choose from 'dev', 'prod'.");
        var missing = custom();
        assertThat(missing.run("--headless", "-t", "1")).isEqualTo(2);
        assertThat(missing.err()).contains("--key has no value, and this test needs one. Give --key VALUE, or set KATYDID_KEY.");
        var help = custom();
        assertThat(help.run("--help")).isZero();
        assertThat(help.out()).contains("Options of shop:", "Where (dev, prod)");
    }

    /** Is there twice. */
    @FixedCount(2)
    public static class User1 extends Scene.Buyer {}

    /** Shares what is left. */
    public static class User2 extends Scene.Buyer {}

    /** Shares what is left. */
    public static class User3 extends Scene.Buyer {}

    @Test
    @Parity({"SD-16", "AC-14"}) void fixedUsersLeaveTheRestToTheOthers() {
        var scene = only(User1.class, User2.class, User3.class);
        run(scene, 0, "--headless", "-u", "10", "-r", "100", "-t", "1");
        assertThat(scene.err()).contains("All users spawned: {\"User1\": 2, \"User2\": 4, \"User3\": 4} (10 total users)");
    }

    @Test
    @Parity({"RN-63", "AC-15"}) void moreFixedUsersThanUsersAreNoted() {
        var scene = only(User1.class, User2.class);
        run(scene, 0, "--headless", "-u", "1", "-t", "1");
        assertThat(scene.err()).contains("Total fixed_count of User classes (2) is greater than the specified number of users (1), "
            + "so not all will be spawned.");
    }

    @Test
    @Parity({"CL-57", "AC-16"}) void onlyTheNamedClassesRun() {
        var scene = only(Scene.Buyer.class, User2.class, User3.class);
        run(scene, 0, "--headless", "-u", "5", "-r", "100", "-t", "1", "User2", "User3");
        assertThat(scene.err()).contains("All users spawned: {\"User2\": 3, \"User3\": 2} (5 total users)");
    }

    @ParameterizedTest
    @CsvSource({"20,20", "20s,20", "3m,180", "2h,7200", "1h20m,4800", "3h30m10s,12610", "0,0"})
    @Parity({"CL-70", "AC-95"}) void timeSpansAreRead(String text, long seconds) {
        assertThat(Option.duration("--time").parse(text)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({"asdf1", "20x", "1s2m", "1.5", "-1", "10s5", "h"})
    @Parity({"CL-53", "CL-70", "AC-9", "AC-95"}) void otherTimeSpansAreRefused(String text) {
        for (var option : List.of("--stop-timeout", "--run-time")) {
            var scene = new Scene(folder);
            assertThat(scene.run("--headless", option + "=" + text)).isEqualTo(2);
            assertThat(scene.err()).contains(
                option + ": Invalid time span format '" + text + "'. Valid formats: 20, 20s, 3m, 2h, 1h20m, 3h30m10s, etc.");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        web-auth       | x    | LOCUST_WEB_AUTH       | has been replaced with --web-login.
        legacy-ui      | true | LOCUST_LEGACY_UI      | is no longer supported.
        slave          | true | KATYDID_SLAVE         | has been renamed --worker.
        expect-slaves  | 2    | KATYDID_EXPECT_SLAVES | has been renamed --expect-workers.
        """)
    @Parity({"CL-17", "CL-22", "CL-30", "CL-33"}) void whatTheReferenceHasGivenUpIsRefusedWithItsReplacement(String name, String value,
        String variable, String text) throws Exception {
        var scene = new Scene(folder);
        assertThat(value.equals("true") ? scene.run("--headless", "--" + name) : scene.run("--headless", "--" + name, value)).isEqualTo(1);
        assertThat(scene.err()).contains("katydid: --" + name + " " + text);
        var other = new Scene(folder);
        other.environment.put(variable, value);
        assertThat(other.run("--headless")).isEqualTo(1);
        assertThat(other.err()).contains("--" + name + " " + text, "(from " + variable + ")");
        Files.writeString(folder.resolve("locust.conf"), name + " = " + value + "\n");
        var file = new Scene(folder);
        assertThat(file.run("--headless")).isEqualTo(1);
        assertThat(file.err()).contains("--" + name + " " + text, "(from locust.conf)");
        assertThat(new Scene(folder)).satisfies(help -> {
            assertThat(help.run("--help")).isZero();
            assertThat(help.out()).doesNotContain("--" + name + " ");
        });
    }

    @SafeVarargs private Scene only(Class<? extends User>... types) {
        var scene = new Scene(folder);
        scene.users.clear();
        scene.users.addAll(List.of(types));
        return scene;
    }

    private static Environment run(Scene scene, int code, String... words) {
        var seen = new AtomicReference<Environment>();
        scene.offer(Plugin.class, "probe", () -> new Plugin() {
            @Override public void init(Environment environment) { seen.set(environment); }
        });
        assertThat(scene.run(words)).as(scene.err()).isEqualTo(code);
        return seen.get();
    }
}
