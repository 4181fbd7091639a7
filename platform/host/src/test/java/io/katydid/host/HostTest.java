package io.katydid.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.Command;
import io.katydid.api.KatydidException;
import io.katydid.api.Plugin;
import io.katydid.api.web.PluginInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Starts bundles as a tester drops them in, sound and broken. */
class HostTest {
    private static final String API = "io.katydid.api;version=0.0.0,io.katydid.api.cli";

    @TempDir Path home;

    private Path bundles() { return home.resolve("bundles"); }

    private Host start(String plugins) {
        return Host.start(new HostOptions(List.of(bundles(), home.resolve("absent")), plugins, home.resolve("cache")));
    }

    private Jars plugin(String name) throws IOException {
        return Jars.bundle(bundles(), "io.katydid." + name, "1.2.0").header("Import-Package", API)
            .header(BundleFile.HEADER, name + ".Thing")
            .source(name + ".Thing",
                "package " + name + "; public class Thing implements io.katydid.api.Plugin { public static ClassLoader context;"
                    + " public Thing() { context = Thread.currentThread().getContextClassLoader(); } }");
    }

    private static PluginInfo info(Host host, String file) {
        return host.bundles().stream().filter(bundle -> bundle.file().equals(file)).findFirst().orElseThrow();
    }

    @Test void findsTheExtensionsOfHeaderAndServicesByBundleName() throws Exception {
        plugin("two").write("a.jar");
        Jars.bundle(bundles(), "org.one", "2").header("Import-Package", API)
            .file("META-INF/services/io.katydid.api.Command", "one.Verb # the verb\n")
            .source("one.Verb",
                "package one; public class Verb implements io.katydid.api.Command { public String name() { return \"one\"; } public String description() { return \"d\"; }"
                    + " public int run(io.katydid.api.Environment e) { return 7; } }")
            .write("b.jar");
        try (var host = start("")) {
            assertThat(host.extensions(Plugin.class)).singleElement().satisfies(found -> {
                assertThat(found.bundle()).isEqualTo("two");
                var made = found.create();
                assertThat(made.getClass().getField("context").get(null)).isSameAs(made.getClass().getClassLoader());
            });
            assertThat(host.extensions(Command.class)).extracting(Found::bundle).containsExactly("org.one");
            assertThat(host.bundles()).extracting(PluginInfo::state).containsExactly("active", "active");
            assertThat(host.webServer()).isEmpty();
        }
    }

    @Test void acceptsAPlainJar() throws Exception {
        new Jars(bundles())
            .source("plain.Hello", "package plain; @io.katydid.api.Extension public class Hello implements io.katydid.api.Reporter {}")
            .write("hello-1.4.jar");
        try (var host = start("")) {
            assertThat(host.bundles()).containsExactly(new PluginInfo("hello", "1.4.0", "active",
                List.of(new PluginInfo.Provided("reporter", "Hello"), new PluginInfo.Provided("package", "plain")),
                bundles().resolve("hello-1.4.jar"), "", ""));
            assertThat(host.extensions(Plugin.class)).singleElement()
                .satisfies(found -> assertThat(found.create()).isInstanceOf(io.katydid.api.Reporter.class));
        }
    }

    @Test void saysInOneLineWhatIsWrongWithEachBrokenBundle() throws Exception {
        plugin("good").write("good.jar");
        plugin("twin").write("twin-a.jar");
        plugin("twin").write("twin-b.jar");
        Files.writeString(bundles().resolve("garbage.jar"), "not a zip");
        Files.createFile(bundles().resolve("empty.jar"));
        Jars.bundle(bundles(), "x.kernel", "1").header("Import-Package", "io.katydid.kernel").write("kernel.jar");
        Jars.bundle(bundles(), "x.missing", "1").header("Import-Package", "org.nowhere;version=\"[1.7,2)\"").write("missing.jar");
        Jars.bundle(bundles(), "x.activator", "1").header("Import-Package", "org.osgi.framework").header("Bundle-Activator", "act.Boom")
            .source("act.Boom",
                "package act; public class Boom implements org.osgi.framework.BundleActivator { public void start(org.osgi.framework.BundleContext c) {"
                    + " throw new IllegalStateException(\"license file not found\"); } public void stop(org.osgi.framework.BundleContext c) {} }")
            .write("activator.jar");
        Jars.bundle(bundles(), "x.type", "1").header(BundleFile.HEADER, "t.T").source("t.T", "package t; public class T {}")
            .write("type.jar");
        Jars.bundle(bundles(), "x.none", "1").header(BundleFile.HEADER, "t.Gone").write("none.jar");
        Jars.bundle(bundles(), "x.copy", "1").header(BundleFile.HEADER, "c.C")
            .source("c.C", "package c; public class C implements io.katydid.api.Plugin {}")
            .source("io.katydid.api.Plugin", "package io.katydid.api; public interface Plugin {}").write("copy.jar");
        try (var host = start("")) {
            assertThat(info(host, "good.jar").state()).isEqualTo("active");
            assertThat(info(host, "garbage.jar").error()).startsWith("not a readable jar (is it still being copied?): ");
            assertThat(info(host, "empty.jar").error()).isEqualTo("not a readable jar (is it still being copied?): the file is empty");
            assertThat(info(host, "kernel.jar").error())
                .isEqualTo("it imports io.katydid.kernel, which is internal to Katydid. Use io.katydid.api instead");
            assertThat(info(host, "missing.jar").error())
                .isEqualTo(
                    "it needs the package org.nowhere 1.7.0 to below 2.0.0, which neither Katydid nor another bundle exports. Put the library into the jar, or add the bundle that has it");
            assertThat(info(host, "activator.jar").error())
                .isEqualTo(
                    "its activator failed with IllegalStateException: license file not found. Mend the activator, or ask the bundle's author");
            assertThat(info(host, "type.jar").error()).startsWith("its extension t.T is none of Plugin, Reporter, Command,");
            assertThat(info(host, "none.jar").error()).startsWith("it names the extension t.Gone, and has no such class.");
            assertThat(info(host, "copy.jar").error())
                .isEqualTo("it has its own copy of io.katydid.api inside, so c.C is a plugin of nobody. Leave the API out of the jar");
            assertThat(info(host, "twin-a.jar").state()).isEqualTo("active");
            assertThat(info(host, "twin-b.jar").error())
                .isEqualTo("it is the same bundle as twin-a.jar (io.katydid.twin 1.2.0). Remove one of the two");
            assertThat(host.bundles().stream().filter(bundle -> bundle.state().equals("failed"))).hasSize(9);
            assertThat(host.extensions(Plugin.class)).extracting(Found::bundle).containsExactly("good", "twin");
        }
    }

    @Test void saysWhenAClassFileIsTooNew() throws Exception {
        var jar = plugin("late").write("late.jar");
        var bytes = new java.util.HashMap<String, byte[]>();
        try (var from = new java.util.jar.JarFile(jar.toFile())) {
            for (var entry : java.util.Collections.list(from.entries()))
                bytes.put(entry.getName(), from.getInputStream(entry).readAllBytes());
        }
        bytes.get("late/Thing.class")[7] = (byte) 71;
        var manifest = new java.util.jar.Manifest(new java.io.ByteArrayInputStream(bytes.remove("META-INF/MANIFEST.MF")));
        try (var out = new java.util.jar.JarOutputStream(Files.newOutputStream(jar), manifest)) {
            for (var entry : bytes.entrySet()) {
                out.putNextEntry(new java.util.jar.JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        try (var host = start("")) {
            assertThat(info(host, "late.jar").error()).isEqualTo(
                "its extension late.Thing cannot be loaded: it was compiled for Java 27; this is Java 25. Compile it with --release 25");
        }
    }

    @Test void selectsByNamePathAndLeavingOut() throws Exception {
        plugin("one").write("one.jar");
        plugin("two").write("two.jar");
        var more = Jars.bundle(home.resolve("more"), "m", "1").header("Import-Package", API).header(BundleFile.HEADER, "m.M")
            .source("m.M", "package m; public class M implements io.katydid.api.Plugin {}").write("m.jar");
        try (var host = start("one")) {
            assertThat(host.extensions(Plugin.class)).extracting(Found::bundle).containsExactly("one");
            assertThat(info(host, "two.jar").state()).isEqualTo("library");
        }
        try (var host = start("-one, " + more)) {
            assertThat(host.extensions(Plugin.class)).extracting(Found::bundle).containsExactly("m", "two");
            assertThat(info(host, "one.jar")).extracting(PluginInfo::state, PluginInfo::error).containsExactly("off",
                "left out by --plugins");
        }
        try (var host = start("none")) {
            assertThat(host.bundles()).isEmpty();
        }
        assertThatThrownBy(() -> start("tow")).isInstanceOf(KatydidException.class)
            .hasMessage(
                "--plugins: there is no bundle called 'tow'. There are: one, two. A path of a jar or folder must end with .jar or hold a '/'.");
        assertThatThrownBy(() -> start("x/gone.jar")).isInstanceOf(KatydidException.class)
            .hasMessageStartingWith("--plugins: 'x/gone.jar' does not exist");
    }

    @Test void scriptsSeeExportedPackagesAndNothingElseOfABundle() throws Exception {
        Jars.bundle(bundles(), "io.katydid.mq", "1").header("Import-Package", "io.katydid.api").header("Export-Package", "mq")
            .source("mq.MqUser",
                "package mq; public abstract class MqUser extends io.katydid.api.User { protected String word() { return mq.inside.Secret.WORD; } }")
            .source("mq.inside.Secret", "package mq.inside; public class Secret { public static String WORD = \"w\"; }").write("mq.jar");
        var file = Files.writeString(home.resolve("Talk.java"),
            "import mq.*;\npublic class Talk extends MqUser { @io.katydid.api.Task void talk() { word(); } }\n");
        var bad = Files.writeString(home.resolve("Bad.java"), "public class Bad extends MqUser { mq.inside.Secret s; }\n");
        try (var host = start("")) {
            var script = host.scripts().load(List.of(file.toString()));
            assertThat(script.userClasses()).singleElement()
                .satisfies(type -> assertThat(type.getSuperclass().getName()).isEqualTo("mq.MqUser"));
            assertThatThrownBy(() -> host.scripts().load(List.of(bad.toString()))).isInstanceOf(ScriptException.class)
                .hasMessageContaining("package mq.inside does not exist")
                .hasMessageContaining("Hint: MqUser is in the bundle mq. Add: import mq.MqUser;")
                .hasMessageContaining("Hint: no bundle exports the package mq.inside. Loaded: mq.");
        }
    }

    @Test void readsBackTheListItWrote() throws Exception {
        var file = home.resolve(SystemPackages.FILE);
        SystemPackages.main(new String[]{file.toString()});
        assertThat(SystemPackages.text(file)).isEqualTo(SystemPackages.of(SystemPackages.classPath()));
        assertThat(SystemPackages.text(home.resolve("absent"))).contains("io.katydid.api;");
    }

    @Test void listsSystemPackagesOnlyFromTheAllowList() {
        var text = SystemPackages.of(SystemPackages.classPath());
        assertThat(text).contains("io.katydid.api;version=").contains("io.katydid.carrier.netty;").contains("org.slf4j;version=")
            .doesNotContain("io.katydid.kernel").doesNotContain("io.katydid.host");
        assertThat(text.split(",").length).isGreaterThan(20);
    }
}
