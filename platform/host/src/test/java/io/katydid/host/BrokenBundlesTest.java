package io.katydid.host;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Plugin;
import io.katydid.api.web.PluginInfo;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts a host with jars that would bring a careless one down; each time the sound ones beside them run. */
class BrokenBundlesTest {
    @TempDir Path home;

    private Path folder() { return home.resolve("plugins"); }

    private Host start() throws IOException {
        plugin("good").write("good.jar");
        return Host.start(new HostOptions(List.of(folder()), "", home.resolve("cache")));
    }

    private Jars plugin(String name) throws IOException {
        return Jars.bundle(folder(), "org." + name, "1").header("Import-Package", "io.katydid.api")
            .header(BundleFile.HEADER, name + ".Thing")
            .source(name + ".Thing", "package " + name + "; public class Thing implements io.katydid.api.Plugin {}");
    }

    private Jars activator(String name, String start) throws IOException {
        return Jars.bundle(folder(), "org." + name, "1").header("Import-Package", "io.katydid.api,org.osgi.framework")
            .header("Bundle-Activator", name + ".Boot").header(BundleFile.HEADER, name + ".Thing")
            .source(name + ".Thing", "package " + name + "; public class Thing implements io.katydid.api.Plugin {}")
            .source(name + ".Boot", "package " + name + "; public class Boot implements org.osgi.framework.BundleActivator {"
                + " public void start(org.osgi.framework.BundleContext c) throws Exception { " + start + " }"
                + " public void stop(org.osgi.framework.BundleContext c) {} }");
    }

    private static PluginInfo info(Host host, String file) {
        return host.bundles().stream().filter(one -> one.file().equals(file)).findFirst().orElseThrow();
    }

    private static List<String> plugins(Host host) {
        return host.extensions(Plugin.class).stream().map(Found::bundle).toList();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 30 s").isLessThan(end);
            Thread.onSpinWait();
        }
    }

    @Test void aManifestOfAbsurdSizeIsNotRead() throws Exception {
        Files.createDirectories(folder());
        var line = "X-Filler: ".concat("a".repeat(60)).concat("\n");
        try (var zip = new ZipOutputStream(Files.newOutputStream(folder().resolve("huge.jar")))) {
            zip.putNextEntry(new ZipEntry(JarFile.MANIFEST_NAME));
            var some = line.repeat(1000).getBytes();
            for (int i = 0; i < 100; i++) zip.write(some);
        }
        try (var host = start()) {
            assertThat(info(host, "huge.jar").error()).isEqualTo("its manifest has 7100000 bytes, and more than 4194304 are not read."
                + " Build the jar again, without generated headers or per-entry sections");
            assertThat(plugins(host)).containsExactly("org.good");
        }
    }

    @Test void aJarThatWasChangedAfterItWasSignedIsRefused() throws Exception {
        var signed = sign(plugin("signed").write("unsigned.part"), folder().resolve("signed.jar"));
        change(signed, folder().resolve("forged.jar"));
        try (var host = start()) {
            assertThat(info(host, "signed.jar")).extracting(PluginInfo::state, PluginInfo::error).containsExactly("active", "");
            assertThat(info(host, "forged.jar").error()).startsWith("its signature does not fit its content (")
                .endsWith("): the jar was changed after it was signed. Get it from its author again, or sign it anew");
            assertThat(plugins(host)).containsExactly("org.good", "org.signed");
        }
    }

    /** Signs with a key made for it, by the JDK's own tools. */
    private Path sign(Path jar, Path to) throws Exception {
        var bin = Path.of(System.getProperty("java.home"), "bin");
        var store = home.resolve("keys");
        run(bin.resolve("keytool").toString(), "-genkeypair", "-keystore", store.toString(), "-storepass", "secret", "-alias", "k",
            "-keyalg",
            "EC", "-dname", "CN=k");
        run(bin.resolve("jarsigner").toString(), "-keystore", store.toString(), "-storepass", "secret", "-signedjar", to.toString(),
            jar.toString(), "k");
        return to;
    }

    private static void run(String... command) throws Exception {
        var process = new ProcessBuilder(command).redirectErrorStream(true).start();
        var said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** Copies a jar with one byte of a class changed, and another name for the bundle's file. */
    private static void change(Path from, Path to) throws IOException {
        try (var jar = new JarFile(from.toFile()); var out = new JarOutputStream(Files.newOutputStream(to))) {
            for (var entry : java.util.Collections.list(jar.entries())) {
                var bytes = jar.getInputStream(entry).readAllBytes();
                if (entry.getName().endsWith(".class")) bytes[bytes.length - 1] ^= 1;
                out.putNextEntry(new JarEntry(entry.getName()));
                out.write(bytes);
            }
        }
    }

    @Test void bundlesThatImportFromEachOtherRunAndAreUpdatedTogether() throws Exception {
        circle("ping", "pong", "1");
        circle("pong", "ping", "1");
        try (var host = start()) {
            assertThat(plugins(host)).containsExactly("org.good", "org.ping", "org.pong");
            var changes = new java.util.concurrent.LinkedBlockingQueue<HostChange>();
            host.watch(changes::add);

            circle("ping", "pong", "2");

            var change = changes.poll(30, TimeUnit.SECONDS);
            assertThat(change.updated()).hasSize(2);
            assertThat(change.updated()).extracting(update -> update.from() + " > " + update.to())
                .containsExactlyInAnyOrder("org.ping 1 > org.ping 2", "org.pong 1 > org.pong 1");
            assertThat(host.extensions(Plugin.class)).extracting(found -> found.create().toString())
                .contains("ping 2 beside pong 1", "pong 1 beside ping 2");
            change.leaving().forEach(host::release);
            assertThat(host.bundles()).extracting(one -> one.name() + " " + one.version() + " " + one.state())
                .containsExactly("org.good 1 active", "org.ping 2 active", "org.pong 1 active");
        }
    }

    private void circle(String name, String other, String version) throws IOException {
        var stub = Jars.bundle(home.resolve("stubs"), "stub", "1")
            .source(other + ".Name", "package " + other + "; public class Name { public static String text() { return null; } }")
            .write(other + ".jar");
        var made = Jars.bundle(home.resolve("made"), "org." + name, version).header("Import-Package", "io.katydid.api," + other)
            .header("Export-Package", name).header(BundleFile.HEADER, name + ".Thing").classPath(stub)
            .source(name + ".Name",
                "package " + name + "; public class Name { public static String text() { return \"" + name + " " + version
                    + "\"; } }")
            .source(name + ".Thing",
                "package " + name + "; public class Thing implements io.katydid.api.Plugin { public String toString() { return "
                    + "\"" + name + " " + version + " beside \" + " + other + ".Name.text(); } }")
            .write(name + ".part");
        Files.createDirectories(folder());
        Files.move(made, folder().resolve(name + ".jar"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    @Test void ofTwoThatExportOnePackageScriptsGetTheFirstByName() throws Exception {
        for (var name : List.of("one", "two")) {
            Jars.bundle(folder(), "org." + name, "1").header("Export-Package", "mq")
                .source("mq.Broker", "package mq; public class Broker { public static final String FROM = \"" + name + "\"; }")
                .write(name + ".jar");
        }
        try (var host = start()) {
            assertThat(info(host, "one.jar").remark()).isEmpty();
            assertThat(info(host, "two.jar")).extracting(PluginInfo::state, PluginInfo::error, PluginInfo::remark).containsExactly("active",
                "",
                "it exports the package mq, and so does the bundle org.one: scripts get that one's. Rename the package, or leave one of the two out with --plugins");
        }
    }

    @Test void anActivatorThatNeverReturnsHoldsUpNoOther() throws Exception {
        var release = home.resolve("release");
        activator("stuck", "while (!java.nio.file.Files.exists(java.nio.file.Path.of(\"" + release + "\"))) {"
            + " Thread.onSpinWait(); Thread.interrupted(); }").write("stuck.jar");
        long begin = System.nanoTime();
        try (var host = start()) {
            assertThat(plugins(host)).containsExactly("org.good");
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).as("seconds of the start").isLessThan(20);
            assertThat(info(host, "stuck.jar").state()).isEqualTo("starting");
            var changes = new java.util.concurrent.LinkedBlockingQueue<HostChange>();
            host.watch(changes::add);

            plugin("late").write("late.jar");
            assertThat(changes.poll(30, TimeUnit.SECONDS).started()).extracting(Revision::name).containsExactly("org.late");

            await(() -> info(host, "stuck.jar").state().startsWith("hanging (started 1"));
            assertThat(info(host, "stuck.jar").error())
                .startsWith("its activator did not return within 10 s; it is at stuck.Boot.start(")
                .endsWith("The others go on without it. Mend the activator, or leave the bundle out with --plugins=-org.stuck");

            Files.createFile(release);
            assertThat(changes.poll(30, TimeUnit.SECONDS).started()).extracting(Revision::name).containsExactly("org.stuck");
            assertThat(plugins(host)).containsExactly("org.good", "org.late", "org.stuck");
        }
    }

    @Test void aBundleThatNeverRanIsTakenAwayWithItsFile() throws Exception {
        activator("boom", "throw new IllegalStateException(\"no licence\");").header("Export-Package", "boom").write("boom.jar");
        try (var host = start()) {
            assertThat(info(host, "boom.jar").error()).startsWith("its activator failed with IllegalStateException: no licence.");
            host.watch(_ -> {});
            Files.delete(folder().resolve("boom.jar"));
            await(() -> host.bundles().size() == 1);
            var again = activator("boom", "").header("Export-Package", "boom").write("boom.part");
            Files.move(again, folder().resolve("boom.jar"));
            await(() -> plugins(host).contains("org.boom"));
        }
    }

    @Test void aJarThatCanEndTheProcessIsNamed() throws Exception {
        plugin("deadly")
            .source("deadly.Exit", "package deadly; class Exit { void a() { System.exit(3); } void b() { Runtime.getRuntime().halt(4); } }")
            .write("deadly.jar");
        try (var host = start()) {
            assertThat(info(host, "deadly.jar")).extracting(PluginInfo::state, PluginInfo::error, PluginInfo::remark).containsExactly(
                "active", "",
                "Runtime.halt (in deadly.Exit), System.exit (in deadly.Exit) are called by it: that ends the process, and with it the test. "
                    + "Throw StopTest in a user, or call environment.runner().quit()");
            assertThat(info(host, "good.jar").remark()).isEmpty();
        }
    }

    @Test void aFolderThatEverybodyMayWriteToIsLeftOut() throws Exception {
        var open = Files.createDirectories(home.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        Jars.bundle(open, "org.open", "1").header("Export-Package", "open").write("open.jar");
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        plugin("good").write("good.jar");
        try (var host = Host.start(new HostOptions(List.of(folder(), open), "", home.resolve("cache")))) {
            assertThat(host.refused()).containsExactly("the folder " + open
                + " is left out: everybody may write to it (rwxrwxrwx), so anybody "
                + "could put code into your runs. Take that right away with: chmod o-w " + open + ", or allow it with --plugins-unsafe");
            assertThat(host.bundles()).extracting(PluginInfo::name).containsExactly("org.good");
        }
        try (var host = Host.start(new HostOptions(List.of(folder(), open), "", home.resolve("cache"), Optional.empty(), true))) {
            assertThat(host.refused()).isEmpty();
            assertThat(host.bundles()).extracting(PluginInfo::name).containsExactly("org.good", "org.open");
        }
    }

    @Test void libraryJarsInsideAPlainJarAreItsOwnAndSeeWhatTheyName() throws Exception {
        var library = new Jars(home.resolve("made"))
            .source("text.Loud",
                "package text; public class Loud { private static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger(Loud.class);"
                    + " public static String of(String s) { LOG.debug(s); return s.toUpperCase(); } }")
            .write("loud-1.0.jar");
        var bytes = new ByteArrayOutputStream();
        bytes.write(Files.readAllBytes(library));
        new Jars(folder()).classPath(library)
            .source("shout.Shout", "package shout; @io.katydid.api.Extension public class Shout implements io.katydid.api.Plugin {"
                + " public String toString() { return text.Loud.of(\"hello\"); } }")
            .file("lib/loud-1.0.jar", bytes.toByteArray()).write("shout-2.jar");
        try (var host = start()) {
            assertThat(host.extensions(Plugin.class)).extracting(found -> found.create().toString()).contains("HELLO");
            assertThat(info(host, "shout-2.jar").provides()).contains(new PluginInfo.Provided("package", "shout"))
                .doesNotContain(new PluginInfo.Provided("package", "text"));
        }
    }
}
