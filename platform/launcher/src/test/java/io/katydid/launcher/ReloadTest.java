package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.State;
import io.katydid.api.UserClass;
import io.katydid.api.stats.StatsEntry;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Edits a script while its process lives, and starts again. Scripts and test meet in the system properties, which both see. */
class ReloadTest {
    private static final String SCRIPT = """
        import io.katydid.api.*;
        import io.katydid.api.cli.*;
        import io.katydid.api.event.*;
        import java.util.List;

        class Shop extends User {
            static final Option<String> COLOUR = Option.string("--colour-NAME").defaultValue("none");

            @Override protected WaitTime waitTime() { return constant(0.01); }

            @Task void call() { measure("T", "NAME", () -> {}); }

            @SuppressWarnings("unchecked") static void say(String what) { ((List<String>) System.getProperties().get("reload.said")).add(what); }

            @Listen static void onInit(Init event) {
                System.getProperties().put("reload.environment", event.environment());
                say("init NAME " + event.environment().parsedOptions().get(COLOUR));
                event.environment().events().testStop().addListener(_ -> say("added by init: test_stop NAME"));
            }

            @Listen static void onStart(TestStart event) { say("test_start NAME"); }

            static class Extra implements Plugin {
                @Override public void options(OptionRegistry options) { options.add(COLOUR); }

                @Override public void init(Environment environment) {
                    say("plugin NAME");
                    environment.events().testStop().addListener(_ -> say("added by plugin: test_stop NAME"));
                }

                @Override public void close() { say("closed NAME"); }
            }
        }
        """;

    @TempDir Path folder;
    private final List<String> said = new CopyOnWriteArrayList<>();
    private final Properties shared = System.getProperties();
    private Scene scene;
    private Path file;
    private CompletableFuture<Integer> run;

    @BeforeEach void open() {
        shared.put("reload.said", said);
        scene = new Scene(folder);
        file = folder.resolve("Shop.java");
    }

    @AfterEach void close() {
        shared.remove("reload.said");
        shared.remove("reload.environment");
        if (run != null && !run.isDone()) scene.signal.get().run();
    }

    private void write(String name) throws Exception {
        Files.writeString(file, SCRIPT.replace("NAME", name));
    }

    private void launch(String... words) {
        scene.environment.put("KATYDID_CACHE", folder.resolve("cache").toString());
        var arguments = new java.util.ArrayList<>(List.of("-f", file.toString(), "--headless"));
        arguments.addAll(List.of(words));
        run = CompletableFuture.supplyAsync(() -> new Launch(scene.place(), HostPlatform::open, scene.signal::set).run(arguments));
        await(() -> shared.get("reload.environment") != null && environment().runner().state() == State.RUNNING);
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || run.isDone()) throw new AssertionError("It did not come true. Said: " + said + scene.err());
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Environment environment() { return (Environment) shared.get("reload.environment"); }

    private List<String> again() {
        environment().runner().stop();
        environment().runner().start(1, 10);
        return names();
    }

    private List<String> names() {
        await(() -> environment().stats().total().numRequests() > 0);
        return environment().stats().entries().stream().map(StatsEntry::name).toList();
    }

    private int end() throws Exception {
        scene.signal.get().run();
        return run.get(60, TimeUnit.SECONDS);
    }

    @Test void theNextStartUsesTheEditedScriptAndNothingOfTheOldOne() throws Exception {
        write("one");
        scene.environment.put("KATYDID_COLOUR_TWO", "blue");
        launch();
        assertThat(names()).containsExactly("one");
        write("two");
        assertThat(environment().runner().state()).isEqualTo(State.RUNNING);
        assertThat(again()).containsExactly("two");
        assertThat(said).containsExactly("plugin one", "init one none", "test_start one", "added by plugin: test_stop one",
            "added by init: test_stop one", "closed one", "plugin two", "init two blue", "test_start two");
        said.clear();
        assertThat(again()).containsExactly("two");
        assertThat(said).containsExactly("added by plugin: test_stop two", "added by init: test_stop two", "test_start two");
        assertThat(end()).as(scene.err()).isZero();
        assertThat(scene.err()).containsOnlyOnce("The script was edited: this start uses the edited one.");
        assertThat(said).endsWith("closed two");
    }

    @Test void aBrokenEditKeepsTheScriptAndSaysWhereItIsBroken() throws Exception {
        write("one");
        launch();
        Files.writeString(file, SCRIPT.replace("NAME", "two").replace("measure(", "mesure("));
        assertThat(again()).containsExactly("one");
        assertThat(scene.err()).contains("The edited script is not used:", "Shop.java:11:25: error: cannot find symbol",
            "    @Task void call() { mesure(\"T\", \"two\", () -> {}); }\n" + " ".repeat(28) + "^^^^^^",
            "The script stays as it was before this edit.");
        write("three");
        assertThat(again()).containsExactly("three");
        assertThat(end()).as(scene.err()).isZero();
    }

    @Test void aMissingFileKeepsTheScript() throws Exception {
        write("one");
        launch();
        Files.delete(file);
        assertThat(again()).containsExactly("one");
        assertThat(scene.err()).contains("The edited script is not used:", "Could not find '" + file + "'");
        assertThat(end()).isZero();
    }

    @Test void whatTheCommandLineSaysHoldsForTheEditedScriptToo() throws Exception {
        write("one");
        launch("Shop", "--config-users", "{\"user_class_name\":\"Shop\",\"fixed_count\":1}");
        Files.writeString(file,
            SCRIPT.replace("NAME", "two") + "class Other extends User { @Task void t() { measure(\"T\", \"other\", () -> {}); } }");
        assertThat(again()).containsExactly("two");
        assertThat(environment().userClasses()).singleElement().extracting(UserClass::fixedCount).isEqualTo(1);
        Files.writeString(file, SCRIPT.replace("NAME", "three").replace("class Shop", "class Store"));
        assertThat(again()).containsExactly("two");
        assertThat(scene.err()).contains("Unknown User(s): Shop. The script has Store.\nThe script stays as it was before this edit.");
        Files.writeString(file, SCRIPT.replace("NAME", "four").replace("@Task void call", "@Task(-1) void call"));
        assertThat(again()).containsExactly("two");
        write("five");
        assertThat(again()).containsExactly("five");
        assertThat(end()).isZero();
    }

    @Test void aPluginThatCannotBeInitialisedKeepsTheTestFromStartingUntilItIsMended() throws Exception {
        write("one");
        launch();
        environment().runner().stop();
        Files.writeString(file,
            SCRIPT.replace("NAME", "two").replace("say(\"plugin two\")", "if (true) throw new IllegalStateException(\"no key\")"));
        for (int i = 0; i < 2; i++) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> environment().runner().start(1, 10)))
                .hasMessageContaining("could not be initialised").hasMessageContaining("no key");
            assertThat(environment().runner().state()).isEqualTo(State.STOPPED);
        }
        write("three");
        assertThat(again()).containsExactly("three");
        assertThat(end()).isZero();
    }

    @Test void theOldCompilationCanGo() throws Exception {
        write("one");
        launch();
        names();
        var old = new WeakReference<>(environment().userClasses().getFirst().type().getClassLoader());
        write("two");
        again();
        await(() -> {
            System.gc();
            return old.get() == null;
        });
        assertThat(end()).isZero();
    }
}
