package io.katydid.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Plugin;
import io.katydid.api.web.ConsolePanel;
import io.katydid.api.web.PluginInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.spi.ToolProvider;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lists the panels of jars in the folders of a host, from the start and while it runs. */
class PanelBundlesTest {
    private static final String REQUIRES = "katydid.console;filter:=\"(&(version>=%d)(!(version>=%d)))\"";

    @TempDir Path home;
    private final BlockingQueue<HostChange> changes = new LinkedBlockingQueue<>();
    private @Nullable Host host;

    @AfterEach void close() {
        if (host != null) host.close();
    }

    private Host start(String plugins) {
        var started = Host.start(new HostOptions(List.of(home.resolve("plugins")), plugins, home.resolve("cache")));
        host = started;
        started.watch(changes::add);
        return started;
    }

    private HostChange change() throws InterruptedException {
        return Objects.requireNonNull(changes.poll(20, TimeUnit.SECONDS), "no change was told within 20 s");
    }

    private void drop(Jars jar, String file) throws IOException {
        move(jar.write(file + ".part"), file);
    }

    private void move(Path made, String file) throws IOException {
        Files.createDirectories(home.resolve("plugins"));
        Files.move(made, home.resolve("plugins").resolve(file), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    }

    private Jars panel(String name, String version, String id, String script) throws IOException {
        return files(Jars.bundle(home.resolve("made"), name, version).header("Require-Capability", REQUIRES.formatted(1, 2)), id, script);
    }

    private static Jars files(Jars jar, String id, String script) {
        return jar.header(Panels.HEADER, "console/panel.json")
            .file("console/panel.json", "{\"sdk\": 1, \"panels\": [{\"id\": \"" + id
                + "\", \"slot\": \"page\", \"title\": {\"en\": \"T\"}, \"module\": \"js/index.js\"}]}")
            .file("console/js/index.js", script);
    }

    private static PluginInfo info(Host host, String file) {
        return host.bundles().stream().filter(bundle -> bundle.file().equals(file)).findFirst().orElseThrow();
    }

    private static String text(ConsolePanel panel) throws IOException {
        try (var in = panel.open("js/index.js").orElseThrow()) {
            return new String(in.readAllBytes());
        }
    }

    @Test void listsThePanelsOfActiveBundlesByKey() throws Exception {
        drop(panel("io.katydid.two", "2.0.1", "b", "two"), "two.jar");
        drop(panel("a.one", "1", "z", "one"), "one.jar");
        drop(panel("off", "1", "o", ""), "off.jar");
        var running = start("-off");

        assertThat(running.panels()).extracting(ConsolePanel::key).containsExactly("a.one/z", "io.katydid.two/b");
        assertThat(running.panels().getLast()).satisfies(panel -> {
            assertThat(panel.bundle() + " " + panel.version()).isEqualTo("io.katydid.two 2.0.1");
            assertThat(panel.files()).containsExactly("js/index.js", "panel.json");
            assertThat(text(panel)).isEqualTo("two");
            assertThat(panel.open("../META-INF/MANIFEST.MF")).isEmpty();
        });
        assertThat(running.bundles()).extracting(info -> info.name() + " " + info.state() + info.error()).containsExactlyInAnyOrder(
            "two active", "a.one active", "off offleft out by --plugins");
    }

    @Test void aBundleThatIsOnlyALibraryHasNoPanels() throws Exception {
        drop(panel("one", "1", "a", ""), "one.jar");
        drop(panel("two", "1", "a", ""), "two.jar");
        assertThat(start("two").panels()).extracting(ConsolePanel::key).containsExactly("two/a");
    }

    @Test void acceptsAPlainJarOfResourcesOnly() throws Exception {
        var made = Files.createDirectories(home.resolve("kafka-panel"));
        Files.writeString(made.resolve("manifest.txt"), "Katydid-Console: console/panel.json\n");
        Files.createDirectories(made.resolve("console"));
        Files.writeString(made.resolve("console/panel.json"), PanelJson.of("").text());
        Files.writeString(made.resolve("console/index.js"), "export default { mount() {} };");
        var jar = made.resolve("made.jar");
        assertThat(ToolProvider.findFirst("jar").orElseThrow().run(System.out, System.err, "cfm", jar.toString(),
            made.resolve("manifest.txt").toString(), "-C", made.toString(), "console")).isZero();
        move(jar, "kafka-panel-1.2.jar");
        new Jars(home.resolve("plugins")).file("console/panel.json", "{}").write("nothing.jar");

        var running = start("");

        assertThat(info(running, "kafka-panel-1.2.jar"))
            .isEqualTo(new PluginInfo("kafka-panel", "1.2.0", "active", List.of(new PluginInfo.Provided("panel", "a")),
                home.resolve("plugins/kafka-panel-1.2.jar"), "", ""));
        assertThat(running.panels()).singleElement().satisfies(panel -> assertThat(panel.key()).isEqualTo("kafka-panel/a"));
        assertThat(info(running, "nothing.jar").error()).startsWith("neither a bundle nor a jar with classes in packages.");
    }

    @Test void aBundleWhosePanelsAreWrongStillWorksWithoutThem() throws Exception {
        drop(panel("io.katydid.half", "1", "Half", "").header("Import-Package", "io.katydid.api").header(BundleFile.HEADER, "half.Half")
            .header(Panels.HEADER, "console/panel.json").file("console/js/index.js", "")
            .source("half.Half", "package half; public class Half implements io.katydid.api.Plugin {}"), "half.jar");
        drop(Jars.bundle(home.resolve("made"), "worse", "1").header(Panels.HEADER, "console/panel.json").file("console/panel.json",
            "{\"sdk\": 1, \"panels\": [{\"id\": \"a\", \"slot\": \"pages\", \"title\": {\"en\": \"T\"}, \"module\": \"gone.js\"}]}"),
            "worse.jar");
        var running = start("");

        assertThat(running.panels()).isEmpty();
        assertThat(running.extensions(Plugin.class)).extracting(Found::bundle).containsExactly("half");
        assertThat(info(running, "half.jar")).extracting(PluginInfo::state, PluginInfo::error).containsExactly("active",
            "panel.json: panels[0].id is \"Half\". Write a lower case letter, then lower case letters, digits and '-'");
        assertThat(info(running, "worse.jar")).satisfies(info -> {
            assertThat(info.state()).isEqualTo("active");
            assertThat(info.error()).startsWith("panel.json: panels[0].slot is \"pages\". Use one of page, ").endsWith(" (1 more)");
        });
    }

    @Test void saysThatAConsoleOfThatVersionIsNotHere() throws Exception {
        drop(panel("late", "1", "a", "").header("Require-Capability", REQUIRES.formatted(2, 3)), "late.jar");
        drop(panel("later", "1", "a", "").header("Require-Capability", "katydid.console;filter:=\"(version>=7)\""), "later.jar");
        drop(panel("incompatible", "1", "a", "").file("console/panel.json", "{\"sdk\": 2, \"panels\": [{\"id\": \"a\"}]}"),
            "incompatible.jar");
        var running = start("");

        assertThat(info(running, "late.jar")).extracting(PluginInfo::state, PluginInfo::error).containsExactly("failed",
            "it needs the console's SDK 2 to below 3; this Katydid has SDK 1. Use a release of the bundle for it, or another release of Katydid");
        assertThat(info(running, "later.jar").error()).startsWith("it needs the console's SDK 7 or newer; this Katydid has SDK 1. ");
        assertThat(info(running, "incompatible.jar")).extracting(PluginInfo::state, PluginInfo::error).containsExactly("active",
            "panel.json: sdk is 2, and this Katydid has SDK 1. Use a release of the bundle for it, or another release of Katydid");
        assertThat(running.panels()).singleElement()
            .satisfies(panel -> assertThat(panel.key() + " " + panel.state()).isEqualTo("incompatible/a INCOMPATIBLE"));
    }

    @Test void theListFollowsTheFolder() throws Exception {
        var running = start("");
        assertThat(running.panels()).isEmpty();

        drop(panel("lag", "1", "lag", "one"), "lag.jar");
        change();
        var first = running.panels().getFirst();
        assertThat(text(first)).isEqualTo("one");

        drop(panel("lag", "1", "lag", "two"), "lag.jar");
        var update = change();
        assertThat(running.panels()).singleElement().satisfies(panel -> {
            assertThat(panel.key()).isEqualTo(first.key());
            assertThat(panel.revision()).as("the same version, other bytes").isNotEqualTo(first.revision());
            assertThat(text(panel)).isEqualTo("two");
        });
        assertThat(text(first)).as("until it is released").isEqualTo("one");
        running.release(update.leaving().getFirst());
        assertThat(first.open("js/index.js")).as("released").isEmpty();

        drop(panel("lag", "2", "lag", "three").file("console/panel.json", "{"), "lag.jar");
        change();
        assertThat(running.panels()).isEmpty();
        assertThat(info(running, "lag.jar").error()).startsWith("panel.json: line 1, column ");

        drop(panel("lag", "3", "lag", "four"), "lag.jar");
        change();
        var last = running.panels().getFirst();
        assertThat(last.version()).isEqualTo("3.0.0");

        Files.delete(home.resolve("plugins/lag.jar"));
        var removed = change();
        assertThat(running.panels()).isEmpty();
        assertThat(text(last)).as("the jar is gone, the bundle not yet").isEqualTo("four");
        running.release(removed.leaving().getFirst());
        assertThat(last.open("js/index.js")).isEmpty();
    }

    @Test void packingTheSameFilesAgainKeepsTheRevision() throws Exception {
        var packed = panel("lag", "1", "lag", "one").write("packed.jar");
        var again = home.resolve("again.jar");
        try (var from = new JarFile(packed.toFile()); var out = new JarOutputStream(Files.newOutputStream(again), from.getManifest())) {
            out.setLevel(0);
            for (var name : List.of("console/", "console/js/", "console/js/index.js", "console/panel.json")) {
                var entry = new ZipEntry(name);
                entry.setTime(1_000_000_000_000L);
                out.putNextEntry(entry);
                if (!entry.isDirectory()) out.write(from.getInputStream(from.getEntry(name)).readAllBytes());
            }
        }
        assertThat(Files.size(again)).isNotEqualTo(Files.size(packed));
        move(packed, "lag.jar");
        var running = start("");
        var before = running.panels().getFirst().revision();

        move(again, "lag.jar");

        assertThat(change().updated()).hasSize(1);
        assertThat(running.panels()).singleElement().extracting(ConsolePanel::revision).isEqualTo(before);
    }
}
