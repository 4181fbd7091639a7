package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Uses {@code katydid plugins} on the folders of an installed product, beside one that runs. */
class PluginsIT {
    private static final String USERS = """
        import io.katydid.api.*;

        class Calm extends User {
            @Override protected WaitTime waitTime() { return constant(0.01); }

            @Task void rest() { measure("T", "rest", () -> {}); }
        }
        """;

    @TempDir Path folder;

    private Product.Running started(Product product, String... more) throws Exception {
        var script = product.script("Calm.java", USERS);
        var words = new java.util.ArrayList<>(List.of("-f", script.toString(), "--headless", "-u", "2", "-r", "100"));
        words.addAll(List.of(more));
        var running = product.start(words.toArray(String[]::new));
        running.awaitText("All users spawned");
        return running;
    }

    private static String greeting(String word) {
        return "System.err.println(\"greeter says " + word + "\");";
    }

    @Test void aRunningOneFollowsWhatIsInstalledUpdatedAndRemovedBesideIt() throws Exception {
        var product = Product.installedIn(folder);
        var running = started(product);
        var one = new PluginJar(folder).plugin("greeter.Greeter", greeting("one")).write("greeter-1.0.jar");
        var two = new PluginJar(folder).plugin("greeter.Greeter", greeting("two")).write("greeter-2.0.jar");

        assertThat(product.run("plugins", "check", one.toString()).out())
            .isEqualTo("ok       greeter-1.0.jar is the bundle greeter 1.0.0; it adds plugin Greeter; packages greeter.\n");
        assertThat(product.home().resolve("plugins")).isEmptyDirectory();

        assertThat(product.run("plugins", "install", one.toString()).out()).isEqualTo("Installed greeter 1.0.0 as "
            + product.home().toRealPath().resolve("plugins/greeter-1.0.jar") + "; it adds plugin Greeter; packages greeter.\n");
        long begin = System.nanoTime();
        running.awaitText("greeter says one");
        System.out.printf("An installed plugin was in use %d ms after the command had ended.%n", (System.nanoTime() - begin) / 1_000_000);

        assertThat(product.run("plugins", "check", two.toString()).out())
            .endsWith("note     it takes the place of greeter 1.0.0 (greeter-1.0.jar).\n");
        assertThat(product.run("plugins", "install", two.toString()).exitCode()).isZero();
        running.awaitText("greeter says two");
        assertThat(product.home().resolve("plugins/greeter-1.0.jar")).doesNotExist();
        assertThat(product.run("plugins").out())
            .containsPattern("greeter +2\\.0\\.0 +active +plugin +greeter-2\\.0\\.jar\n    adds  plugin Greeter");

        var removed = product.run("plugins", "remove", "greeter");
        assertThat(removed.out())
            .isEqualTo("Removed greeter 2.0.0 (" + product.home().toRealPath().resolve("plugins/greeter-2.0.jar") + ").\n");
        running.awaitText("greeter 2.0.0 was taken away.");
        running.signal("INT");
        assertThat(running.await().exitCode()).isZero();
        assertThat(product.home().resolve("plugins")).isEmptyDirectory();
    }

    @Test void whatCannotBeDoneIsSaidWithTheReason() throws Exception {
        var product = Product.installedIn(folder);
        var inside = new PluginJar(folder).source("nosy.Nosy", "package nosy; @io.katydid.api.Extension public class Nosy implements "
            + "io.katydid.api.Plugin { io.katydid.kernel.EnvironmentBuilder builder; }").write("nosy.jar");
        Files.writeString(folder.resolve("garbage.jar"), "not a jar");

        assertThat(said(product, "plugins", "check", inside.toString())).isEqualTo(
            "1 problem  nosy.jar: it imports io.katydid.kernel, which is internal to Katydid. Use io.katydid.api instead.\n");
        assertThat(said(product, "plugins", "install", inside.toString())).isEqualTo(
            "1 nosy.jar is not installed: it imports io.katydid.kernel, which is internal to Katydid. Use io.katydid.api instead.\n");
        assertThat(said(product, "plugins", "check", "garbage.jar")).startsWith("1 problem  garbage.jar: not a readable jar");
        assertThat(said(product, "plugins", "install", "gone.jar")).startsWith("1 There is no file ").contains("gone.jar")
            .endsWith("Give the path of a jar.\n");
        assertThat(said(product, "plugins", "remove", "http")).startsWith("1 The bundle http is shipped with Katydid (")
            .endsWith(") and stays. Leave it out of a run with --plugins=-http.\n");
        assertThat(said(product, "plugins", "remove", "htpt")).startsWith("1 There is no bundle called 'htpt'. There are: csv, demo, ");
        assertThat(product.home().resolve("plugins")).isEmptyDirectory();
    }

    private static String said(Product product, String... words) throws Exception {
        var ended = product.run(words);
        return ended.exitCode() + " " + ended.out() + ended.err();
    }

    @Test void removeNowEndsTheUsersAfterTheirTask() throws Exception {
        var product = Product.installedIn(folder);
        new PluginJar(folder).source("calm.CalmUser", """
            package calm;

            import io.katydid.api.*;

            public abstract class CalmUser extends User {
                @Override protected WaitTime waitTime() { return constant(0.01); }

                @Override protected void onStop() { System.err.println("a calm user ends"); }

                protected void rest() { measure("CALM", "rest", () -> {}); }
            }
            """).drop(product.home().resolve("plugins"), "calm-1.0.jar");
        var script = product.script("Calm.java", """
            import io.katydid.api.*;
            import calm.*;

            class Guest extends CalmUser {
                @Task void stay() { rest(); }
            }
            """);
        var running = product.start("-f", script.toString(), "--headless", "-u", "2", "-r", "100");
        running.awaitText("All users spawned");

        var removed = product.run("plugins", "remove", "calm", "--now");

        assertThat(removed.out()).endsWith("Its users in a running test end after their present task.\n");
        running.awaitText("calm 1.0.0 was taken away.");
        running.awaitText("The script uses it: no new users of it come, and those there are end after their present task.");
        running.awaitText("a calm user ends\n");
        running.signal("INT");
        var ended = running.await();
        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.err().lines().filter("a calm user ends"::equals)).hasSize(2);
        assertThat(ended.err().indexOf("a calm user ends")).as(ended.err()).isBetween(0, ended.err().indexOf("Exiting due to CTRL+C"));
        assertThat(product.home().resolve("plugins")).isEmptyDirectory();
    }

    @Test void aPluginThatEndsTheProcessIsNamedAfterTheReportsAreComplete() throws Exception {
        var product = Product.installedIn(folder);
        new PluginJar(folder).plugin("deadly.Deadly", "var count = new java.util.concurrent.atomic.AtomicInteger();"
            + " environment.events().request().addListener(request -> { if (count.incrementAndGet() == 50) System.exit(7); });")
            .drop(product.home().resolve("plugins"), "deadly-1.0.jar");
        var script = product.script("Calm.java", USERS);

        var ended = product.run("-f", script.toString(), "--headless", "-u", "2", "-r", "100", "--csv", "out", "--json-file", "out");

        assertThat(ended.exitCode()).as(ended.err()).isEqualTo(7);
        assertThat(ended.err())
            .contains("deadly-1.0.jar: System.exit (in deadly.Deadly) is called by it: that ends the process, and with it the test.");
        assertThat(ended.err().lines().reduce((_, last) -> last).orElse(""))
            .matches("katydid: deadly\\.Deadly\\.lambda\\S+ \\(Deadly\\.java:\\d+\\)"
                + " ended the process with System\\.exit\\(7\\)\\. The reports are complete up to then\\. Take the call out: .*");
        var rows = Files.readAllLines(folder.resolve("out_stats.csv"));
        assertThat(rows).hasSize(3);
        assertThat(Integer.parseInt(rows.getLast().split(",")[2])).isGreaterThanOrEqualTo(50);
        assertThat(folder.resolve("out.json")).exists();
    }

    @Test void anInitThatThrowsOrNeverReturnsLeavesTheRunAlone() throws Exception {
        var product = Product.installedIn(folder);
        new PluginJar(folder).plugin("angry.Angry", "throw new IllegalStateException(\"no licence\");")
            .drop(product.home().resolve("plugins"), "angry-1.0.jar");
        new PluginJar(folder).plugin("slow.Slow", "new java.util.concurrent.CountDownLatch(1).await();")
            .drop(product.home().resolve("plugins"), "slow-1.0.jar");
        var script = product.script("Calm.java", USERS);

        var ended = product.run("-f", script.toString(), "--headless", "-u", "2", "-r", "100", "-t", "1", "--json");

        assertThat(ended.exitCode()).as(ended.err()).isZero();
        assertThat(ended.requests()).isPositive();
        assertThat(ended.err())
            .contains("The plugin angry.Angry of angry could not be initialised: java.lang.IllegalStateException: no licence."
                + " Mend it, or leave it out with --plugins=-angry. The run goes on without it.");
        assertThat(ended.err()).containsPattern(
            "The plugin slow\\.Slow of slow did not return from init within 10 s; it is at slow\\.Slow\\.init\\(Slow\\.java:7\\)\\."
                + " The run goes on without it\\. Mend it, or leave it out with --plugins=-slow\\.");
    }

    @Test void aFolderThatEverybodyMayWriteToIsLeftOutUnlessAllowed() throws Exception {
        var product = Product.installedIn(folder);
        var plugins = product.home().resolve("plugins");
        new PluginJar(folder).plugin("greeter.Greeter", "").drop(plugins, "greeter-1.0.jar");
        Files.setPosixFilePermissions(plugins, PosixFilePermissions.fromString("rwxrwxrwx"));

        assertThat(product.run("plugins").out()).doesNotContain("greeter")
            .contains("refused: the folder ", "everybody may write to it (rwxrwxrwx)", "chmod o-w ", "--plugins-unsafe.");
        assertThat(product.run("plugins", "--plugins-unsafe").out()).contains("greeter").doesNotContain("refused");
        assertThat(product.with("KATYDID_PLUGINS_UNSAFE", "true").run("plugins").out()).contains("greeter").doesNotContain("refused");
    }

    @Test
    @Parity("SD-195") void aListOfNamesSelectsBundlesFromAllThreePlaces() throws Exception {
        var product = Product.installedIn(folder);
        assertThat(product.run("plugins", "--plugins", "-demo,-csv").out()).containsPattern("csv +\\S+ +off")
            .containsPattern("demo +\\S+ +off")
            .containsPattern("http +\\S+ +active");
        assertThat(product.with("LOCUST_PLUGINS", "csv").run("plugins").out()).containsPattern("csv +\\S+ +active")
            .containsPattern("http +\\S+ +library");
        assertThat(product.with("KATYDID_PLUGINS", "none").run("plugins").out())
            .isEqualTo("NAME  VERSION  STATE  KIND  FILE\n(none: put jars into plugins/)\n");
    }
}
