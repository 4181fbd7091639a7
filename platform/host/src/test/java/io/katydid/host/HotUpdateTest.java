package io.katydid.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Plugin;
import io.katydid.api.web.PluginInfo;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

/** Drops jars into the folders of a running host, replaces them and takes them away. */
class HotUpdateTest {
    @TempDir Path home;
    private final BlockingQueue<HostChange> changes = new LinkedBlockingQueue<>();
    private @Nullable Host host;

    @AfterEach void close() {
        if (host != null) host.close();
    }

    private Host start() {
        var started = Host.start(new HostOptions(List.of(home.resolve("plugins")), "", home.resolve("cache")));
        host = started;
        started.watch(changes::add);
        return started;
    }

    private HostChange change() throws InterruptedException {
        return Objects.requireNonNull(changes.poll(20, TimeUnit.SECONDS), "no change was told within 20 s");
    }

    /** Writes beside the folder and moves it in, as a careful copy does. */
    private void drop(Jars jar, String file) throws IOException {
        var made = jar.write(file + ".part");
        Files.createDirectories(home.resolve("plugins"));
        Files.move(made, home.resolve("plugins").resolve(file), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Jars words(String version, String word) throws IOException {
        return Jars.bundle(home.resolve("made"), "io.katydid.words", version).header("Import-Package", "io.katydid.api,words")
            .header("Export-Package", "words").header(BundleFile.HEADER, "words.WordPlugin")
            .source("words.Words", "package words; public class Words { public static String word() { return \"" + word + "\"; } }")
            .source("words.Late", "package words; public class Late { public static String word() { return \"late \" + Words.word(); } }")
            .source("words.WordPlugin", "package words; public class WordPlugin implements io.katydid.api.Plugin {"
                + " public String toString() { return Words.word(); } }");
    }

    private Jars speaker() throws IOException {
        var api = words("1", "api").write("api.jar");
        return Jars.bundle(home.resolve("made"), "io.katydid.speaker", "1").header("Import-Package", "io.katydid.api,words")
            .header(BundleFile.HEADER, "speaker.Speaker").classPath(api).source("speaker.Speaker",
                "package speaker; public class Speaker implements io.katydid.api.Plugin { public String toString() { return \"says \" + words.Words.word(); } }");
    }

    private static List<String> said(Host host) {
        return host.extensions(Plugin.class).stream().map(found -> found.create().toString()).toList();
    }

    @Test void aJarDroppedInStartsAndOneTakenAwayLeaves() throws Exception {
        var running = start();
        drop(words("1", "one"), "words.jar");
        assertThat(change().started()).singleElement().hasToString("words 1");
        assertThat(said(running)).containsExactly("one");

        Files.delete(home.resolve("plugins/words.jar"));

        var removed = change();
        assertThat(removed.removed()).singleElement().hasToString("words 1");
        assertThat(said(running)).isEmpty();
        assertThat(running.bundles()).singleElement().extracting(PluginInfo::state).isEqualTo("draining");
        running.release(removed.removed().getFirst());
        assertThat(running.bundles()).isEmpty();
    }

    @Test void anUpdateStartsBesideTheOldOneWhoseClassesGoOnUntilItIsReleased() throws Exception {
        drop(words("1", "one"), "words.jar");
        var running = start();
        var old = running.extensions(Plugin.class).getFirst().type();

        drop(words("2", "two"), "words.jar");

        var update = change();
        assertThat(update.updated()).singleElement()
            .satisfies(one -> assertThat(one.from() + " to " + one.to()).isEqualTo("words 1 to words 2"));
        assertThat(said(running)).containsExactly("two");
        // A class that nobody has loaded so far still comes from the old jar, which is gone.
        assertThat(old.getClassLoader().loadClass("words.Late").getMethod("word").invoke(null)).isEqualTo("late one");
        assertThat(running.bundles()).extracting(info -> info.version() + " " + info.state()).containsExactlyInAnyOrder("2 active",
            "1 draining");
        update.leaving().getFirst().users(3);
        assertThat(running.bundles()).extracting(PluginInfo::state).contains("draining (3 users)");
        running.release(update.leaving().getFirst());
        assertThat(running.bundles()).extracting(PluginInfo::version).containsExactly("2");
    }

    @Test void importersAreLinkedAgainAndLeaveTogether() throws Exception {
        drop(words("1", "one"), "words.jar");
        drop(speaker(), "speaker.jar");
        var running = start();
        assertThat(said(running)).containsExactly("says one", "one");

        drop(words("1.1", "eleven"), "words.jar");

        var update = change();
        assertThat(update.updated()).hasSize(2);
        assertThat(said(running)).containsExactly("says eleven", "eleven");
        var words = update.leaving().stream().filter(one -> one.name().equals("words")).findFirst().orElseThrow();
        var speaker = update.leaving().stream().filter(one -> one.name().equals("speaker")).findFirst().orElseThrow();
        running.release(words);
        assertThat(running.bundles()).as("the old speaker still uses the old words").hasSize(4);
        running.release(speaker);
        assertThat(running.bundles()).hasSize(2);
        assertThat(said(running)).containsExactly("says eleven", "eleven");
    }

    @Test void anImporterWhoseLibraryIsTakenAwayLeavesAndComesBackWithIt() throws Exception {
        drop(words("1", "one"), "words.jar");
        drop(speaker(), "speaker.jar");
        var running = start();

        Files.delete(home.resolve("plugins/words.jar"));

        assertThat(change().removed()).hasSize(2);
        assertThat(said(running)).isEmpty();
        assertThat(running.bundles().stream().filter(info -> info.state().equals("failed"))).singleElement()
            .satisfies(info -> assertThat(info.error()).startsWith("it needs the package words"));

        drop(words("3", "three"), "words.jar");

        assertThat(change().started()).hasSize(2);
        assertThat(said(running)).containsExactly("says three", "three");
    }

    @Test void aBrokenUpdateLeavesTheOldOneRunningAndSaysWhy() throws Exception {
        drop(words("1", "one"), "words.jar");
        var running = start();

        Files.writeString(home.resolve("plugins/words.jar"), "half a jar");
        await(() -> running.bundles().stream().anyMatch(info -> info.error().contains("the bundle goes on as it was before")));
        assertThat(said(running)).containsExactly("one");

        drop(words("2", "two").header("Import-Package", "io.katydid.api,nowhere"), "words.jar");
        await(() -> running.bundles().stream().anyMatch(info -> info.error().startsWith("it needs the package nowhere")));
        assertThat(said(running)).containsExactly("one");
        assertThat(changes).isEmpty();

        drop(words("3", "three"), "words.jar");
        assertThat(change().updated()).hasSize(1);
        assertThat(said(running)).containsExactly("three");
    }

    @Test void theNewerOfTwoFilesRunsAndTheOlderComesBackWhenItGoes() throws Exception {
        drop(words("1", "one"), "words-1.jar");
        var running = start();

        drop(words("2", "two"), "words-2.jar");

        running.release(change().leaving().getFirst());
        assertThat(said(running)).containsExactly("two");
        assertThat(running.bundles()).extracting(info -> info.file() + " " + info.state() + " " + info.error())
            .containsExactlyInAnyOrder("words-1.jar off replaced by the newer words-2.jar (2)", "words-2.jar active ");

        Files.delete(home.resolve("plugins/words-2.jar"));

        assertThat(change().updated()).hasSize(1);
        assertThat(said(running)).containsExactly("one");
    }

    @Test void aScriptIsLinkedAgainInALoaderOfItsOwn() throws Exception {
        drop(mq("1", ""), "mq.jar");
        var file = Files.writeString(home.resolve("Talk.java"),
            "import mq.*;\npublic class Talk extends MqUser { @io.katydid.api.Task void talk() { word(); } }\n");
        var running = start();
        var script = running.scripts().load(List.of(file.toString()));
        var before = script.userClasses().getFirst();
        assertThat(running.scripts().relink(script)).isEmpty();
        assertThat(script.userClasses()).as("nothing to link again").containsExactly(before);

        drop(mq("2", ""), "mq.jar");
        change();

        assertThat(running.scripts().relink(script)).isEmpty();
        var after = script.userClasses().getFirst();
        assertThat(after).isNotSameAs(before).hasSameClassAs(before);
        assertThat(after.getSuperclass()).isNotSameAs(before.getSuperclass());
        assertThat(before.getSuperclass().getClassLoader().loadClass("mq.Later").getSimpleName()).isEqualTo("Later");

        drop(mq("3", "int changed"), "mq.jar");
        change();

        assertThat(running.scripts().relink(script).orElseThrow()).contains("Talk.java:2:").contains("cannot be applied to given types")
            .endsWith("The script stays with the revisions of the bundles it was linked to.");
        assertThat(script.userClasses()).containsExactly(after);
    }

    private Jars mq(String version, String parameter) throws IOException {
        return Jars.bundle(home.resolve("made"), "io.katydid.mq", version).header("Import-Package", "io.katydid.api")
            .header("Export-Package", "mq")
            .source("mq.MqUser", "package mq; public abstract class MqUser extends io.katydid.api.User { protected String word(" + parameter
                + ") { return \"w\"; } }")
            .source("mq.Later", "package mq; public class Later {}");
    }

    @Test void nothingOfAReleasedRevisionIsKept() throws Exception {
        drop(words("1", "one"), "words.jar");
        var running = start();
        var loader = new WeakReference<>(running.extensions(Plugin.class).getFirst().type().getClassLoader());
        for (int round = 2; round < 8; round++) {
            drop(words("" + round, "word " + round), "words.jar");
            for (var left : change().leaving()) running.release(left);
        }

        await(() -> {
            System.gc();
            return loader.get() == null;
        });
        assertThat(said(running)).containsExactly("word 7");
    }

    private static void await(java.util.function.BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 20 s").isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
