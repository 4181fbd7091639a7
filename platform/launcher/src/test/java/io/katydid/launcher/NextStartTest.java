package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.Environment;
import io.katydid.api.State;
import io.katydid.api.stats.StatsEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Updates and removes the bundle that a script needs, and starts the test again in the same process. */
class NextStartTest {
    private static final String SCRIPT = """
        import io.katydid.api.*;
        import io.katydid.api.event.*;
        import mq.*;

        class Talk extends MqUser {
            @Override protected WaitTime waitTime() { return constant(0.01); }

            @Task void talk() { say(); }

            @Listen static void onInit(Init event) { System.getProperties().put("next.environment", event.environment()); }
        }
        """;
    private static final String USER = """
        package mq;

        public abstract class MqUser extends io.katydid.api.User {
            protected void SAY(PARAMETER) { measure("MQ", "NAME", () -> {}); }
        }
        """;
    private static final String PLUGIN = """
        package mq;

        import io.katydid.api.cli.*;

        @io.katydid.api.Extension public class MqOptions implements io.katydid.api.Plugin {
            @Override public void options(OptionRegistry options) { options.add(Option.integer("--OPTION").defaultValue(4)); }
        }
        """;

    @TempDir Path folder;
    private final Properties shared = System.getProperties();
    private Scene scene;
    private CompletableFuture<Integer> run;

    @BeforeEach void open() throws IOException {
        scene = new Scene(folder);
        scene.install = Optional.of(folder.resolve("katydid"));
        Files.createDirectories(folder.resolve("katydid/plugins"));
    }

    @AfterEach void close() {
        shared.remove("next.environment");
        if (run != null && !run.isDone()) scene.signal.get().run();
    }

    private void drop(String name, String parameter, String option) throws IOException {
        var work = Files.createTempDirectory(folder, "mq");
        var sources = Map.of("MqUser", USER.replace("SAY", "say").replace("PARAMETER", parameter).replace("NAME", name), "MqOptions",
            PLUGIN.replace("OPTION", option));
        var arguments = new ArrayList<>(List.of("-d", work.toString(), "-cp", System.getProperty("java.class.path")));
        for (var source : sources.entrySet())
            arguments.add(Files.writeString(work.resolve(source.getKey() + ".java"), source.getValue()).toString());
        assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new))).isZero();
        var part = folder.resolve("mq.part");
        try (var out = new JarOutputStream(Files.newOutputStream(part))) {
            for (var type : sources.keySet()) {
                out.putNextEntry(new JarEntry("mq/" + type + ".class"));
                out.write(Files.readAllBytes(work.resolve("mq/" + type + ".class")));
            }
        }
        Files.move(part, jar(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Path jar() { return folder.resolve("katydid/plugins/mq.jar"); }

    private void launch(String... words) throws IOException {
        var file = Files.writeString(folder.resolve("Talk.java"), SCRIPT);
        scene.environment.put("KATYDID_CACHE", folder.resolve("cache").toString());
        var arguments = new ArrayList<>(List.of("-f", file.toString(), "--headless"));
        arguments.addAll(List.of(words));
        run = CompletableFuture.supplyAsync(() -> new Launch(scene.place(), HostPlatform::open, scene.signal::set).run(arguments));
        await(() -> shared.get("next.environment") != null && environment().runner().state() == State.RUNNING);
    }

    private void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end || run.isDone()) throw new AssertionError("It did not come true. Said: " + scene.err());
            LockSupport.parkNanos(1_000_000);
        }
    }

    private Environment environment() { return (Environment) shared.get("next.environment"); }

    private List<String> names() {
        return environment().stats().entries().stream().filter(entry -> entry.numRequests() > 0).map(StatsEntry::name).sorted().toList();
    }

    private int end() throws Exception {
        scene.signal.get().run();
        return run.get(60, TimeUnit.SECONDS);
    }

    @Test void anUpdateThatWaitsIsUsedByTheNextStart() throws Exception {
        drop("one", "", "depth");
        launch("--plugin-update", "next-run");
        await(() -> names().equals(List.of("one")));

        drop("two", "", "depth");
        await(() -> scene.err().contains("The running test goes on as it is, as --plugin-update=next-run says."));
        long before = environment().stats().total().numRequests();
        await(() -> environment().stats().total().numRequests() > before + 20);
        assertThat(names()).containsExactly("one");

        environment().runner().stop();
        environment().runner().start(1, 10);
        await(() -> names().equals(List.of("two")));
        assertThat(end()).as(scene.err()).isZero();
    }

    @Test void withoutItsBundleTheScriptIsNotStartedAgain() throws Exception {
        drop("one", "", "depth");
        launch();
        await(() -> names().equals(List.of("one")));

        Files.delete(jar());
        await(() -> scene.err().contains("those there are run on until the test ends."));
        environment().runner().stop();
        assertThatThrownBy(() -> environment().runner().start(1, 10))
            .hasMessageStartingWith(
                "The script no longer fits the bundles, so the test cannot start. Put the bundle it needs back into plugins/,"
                    + " or mend the script.\n")
            .hasMessageContaining("package mq does not exist");
        assertThat(environment().runner().state()).isEqualTo(State.STOPPED);

        drop("three", "", "depth");
        await(() -> scene.err().contains("mq 0.0.0 is in use."));
        environment().runner().start(1, 10);
        await(() -> names().equals(List.of("three")));
        assertThat(end()).as(scene.err()).isZero();
    }

    @Test void usersThatCannotBeLinkedAgainKeepTheOptionsOfTheirRevision() throws Exception {
        drop("one", "", "depth");
        launch();
        await(() -> names().equals(List.of("one")));

        drop("two", "int much", "breadth");
        await(() -> scene.err().contains("The script stays with the revisions of the bundles it was linked to."));
        await(() -> environment().parsedOptions().find("breadth").isPresent());
        assertThat(environment().parsedOptions().get("depth")).isEqualTo(4);
        long before = environment().stats().total().numRequests();
        await(() -> environment().stats().total().numRequests() > before + 20);
        assertThat(names()).containsExactly("one");
        assertThat(end()).as(scene.err()).isZero();
    }
}
