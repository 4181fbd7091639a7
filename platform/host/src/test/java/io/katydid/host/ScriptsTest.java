package io.katydid.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.katydid.parity.Parity;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loads scripts as a tester writes them. */
class ScriptsTest {
    private static final String SHOP = """
        import module java.base;
        import io.katydid.api.*;
        import io.katydid.api.event.*;

        class Shop extends User {
            @Task void buy() { Helper.COUNT.incrementAndGet(); }
            @Listen static void onStart(TestStart event) {}
            static class Ramp extends LoadTestShape { @Override public Tick tick() { return stop(); } }
        }
        abstract class Base extends User {}
        class Extra implements Plugin {}
        class Helper { static final AtomicInteger COUNT = new AtomicInteger(); }
        """;

    @TempDir Path home;
    private Scripts scripts;

    @BeforeEach void open() { scripts = fresh(); }

    private Scripts fresh() { return new Scripts(BundlePackages.of(List.of()), new ScriptCache(home.resolve("cache")), home); }

    private void write(String name, String text) throws IOException {
        Files.createDirectories(home.resolve(name).getParent());
        Files.writeString(home.resolve(name), text);
    }

    private void refused(String expected, String... values) {
        assertThatThrownBy(() -> scripts.load(List.of(values))).isInstanceOf(ScriptException.class).hasMessage(expected);
    }

    @Test void givesTheTextsThatWereCompiledLast() throws Exception {
        write("Shop.java", SHOP);
        write("more/a/One.java", "package a; public class One extends io.katydid.api.User {}");
        write("more/Two.java", "class Two extends io.katydid.api.User {}");
        var script = scripts.load(List.of("Shop.java,more"));
        assertThat(script.texts()).extracting(Script.Texts::locator).containsExactly("Shop.java", "more");
        assertThat(script.texts().getFirst().byName()).containsOnly(Map.entry("Shop.java", SHOP));
        assertThat(script.texts().getLast().byName()).containsOnlyKeys("a/One.java", "Two.java");
        write("Shop.java", "broken");
        assertThat(scripts.reload(script)).isPresent();
        assertThat(script.texts().getFirst().byName()).containsOnly(Map.entry("Shop.java", SHOP));
        write("Shop.java", SHOP + "//");
        assertThat(scripts.reload(script)).isEmpty();
        assertThat(script.texts().getFirst().byName()).containsOnly(Map.entry("Shop.java", SHOP + "//"));
    }

    @Test
    @Parity({"SD-10", "UM-7"}) void picksUpUsersShapesPluginsAndListeners() throws Exception {
        write("Shop.java", SHOP);
        var script = scripts.load(List.of("Shop.java"));
        assertThat(script.userClasses()).extracting(Class::getSimpleName).containsExactly("Shop");
        assertThat(script.shapes()).extracting(Class::getSimpleName).containsExactly("Ramp");
        assertThat(script.plugins()).extracting(Class::getSimpleName).containsExactly("Extra");
        assertThat(script.listeners()).extracting("name").containsExactly("onStart");
        assertThat(script.sources()).containsExactly(home.resolve("Shop.java"));
        assertThat(script.loader().getResourceAsStream("Shop.class")).isNotNull();
    }

    @Test void takesACompactSourceFile() throws Exception {
        write("katydidfile.java",
            "import io.katydid.api.*;\nclass Inner extends User { @Task void t() {} }\nstatic class Nested extends User { @Task void t() {} }\nvoid main() { throw new IllegalStateException(); }\n");
        assertThat(scripts.load(List.of()).userClasses()).extracting(Class::getSimpleName).containsExactly("Inner", "Nested");
    }

    @Test void givesEachFileItsOwnLoader() throws Exception {
        write("Shop.java", SHOP);
        write("Other.java", "class Other extends io.katydid.api.User {} class Helper {}");
        var script = scripts.load(List.of("Shop.java,Other.java"));
        assertThat(script.userClasses()).extracting(Class::getSimpleName).containsExactly("Shop", "Other");
        var loaders = script.userClasses().stream().map(Class::getClassLoader).toList();
        assertThat(loaders.get(0).loadClass("Helper")).isNotSameAs(loaders.get(1).loadClass("Helper"));
    }

    @Test
    @Parity("CL-92") void compilesAFolderTogetherWithoutUnderscores() throws Exception {
        write("load/Shop.java", "class Shop extends io.katydid.api.User { util.Words words; }");
        write("load/util/Words.java", "package util; public class Words {}");
        write("load/_old/Broken.java", "class {");
        write("load/_Draft.java", "class {");
        assertThat(scripts.load(List.of("load")).userClasses()).extracting(Class::getName).containsExactly("Shop");
        Files.createDirectory(home.resolve("bare"));
        refused(
            "Could not find any script in 'bare': the folder has no .java file whose name does not start with '_'. See --help for available options.",
            "bare");
    }

    @Test
    @Parity("CL-95") void refusesEqualNames() throws Exception {
        write("a.java", "class X extends io.katydid.api.User {}");
        write("b.java", "class X extends io.katydid.api.User {}");
        refused("Duplicate user class names: X is defined in both a.java and b.java. Rename one of them.", "a.java", "b.java");
    }

    @Test
    @Parity({"CL-90", "CL-97"}) void saysWhatIsMissing() throws Exception {
        refused("Could not find 'katydidfile.java' in " + home
            + ", and no -f was given. Name a script with -f, such as -f Shop.java, or see --help for available options.");
        refused("Could not find 'x.java'. Ensure your script ends with '.java' or is a directory with scripts (looked for "
            + home.resolve("x.java") + "). See --help for available options.", "x.java");
        write("Empty.java", "class Empty {}");
        refused(
            "No User class found! Empty.java has no class that extends HttpUser or another User. Write one at top level, such as: class Shopper extends HttpUser { @Task void index() { client.get(\"/\"); } }",
            "Empty.java");
        write("Odd.java",
            "import io.katydid.api.*; class Odd { class In extends User {} } class Arg extends User { Arg(int n) {} } abstract class Abs extends User {}");
        refused(
            "No User class found! Odd.java: Abs (Odd.java) is abstract; Arg (Odd.java) has no constructor without arguments; In (Odd.java) is an inner class: make it top-level or static."
                + " Write one at top level, such as: class Shopper extends HttpUser { @Task void index() { client.get(\"/\"); } }",
            "Odd.java");
    }

    @Test void checksListeners() throws Exception {
        write("L.java", "class L extends io.katydid.api.User { @io.katydid.api.Listen void on(io.katydid.api.event.TestStart e) {} }");
        refused(
            "L.java: @Listen on L.on(): the method is not static. A listener of a script belongs to the script, not to a user: make it static.",
            "L.java");
    }

    @Test void printsCompileErrorsWithLineAndCaret() throws Exception {
        write("Shop.java", "class Shop extends io.katydid.api.User {\n\tint x = pikc();\n}\n");
        refused("""
            Shop.java:2:17: error: cannot find symbol
                symbol:   method pikc()
                location: class Shop
                 int x = pikc();
                         ^^^^
            Shop.java: 1 error, so the script cannot run. Repair it and start again.""", "Shop.java");
    }

    @Test void hintsAtHiddenNamesAndInternals() throws Exception {
        write("Shop.java",
            "import io.katydid.api.*;\nimport io.katydid.kernel.KernelEnvironment;\nclass Shop extends User { record Task(String title) {} @Task void go() {} }\n");
        assertThatThrownBy(() -> scripts.load(List.of("Shop.java")))
            .hasMessageContaining(
                "Hint: your record `Task` in Shop.java hides `io.katydid.api.Task`. Rename it or write `@io.katydid.api.Task`.")
            .hasMessageContaining("Hint: io.katydid.kernel is internal to Katydid. Use io.katydid.api instead.");
    }

    @Test
    @Parity("CL-93") void downloadsAScript() throws Exception {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/Net.java", exchange -> {
            var text = "public class Net extends io.katydid.api.User {}".getBytes();
            exchange.sendResponseHeaders(200, text.length);
            exchange.getResponseBody().write(text);
            exchange.close();
        });
        server.start();
        var base = "http://127.0.0.1:" + server.getAddress().getPort();
        try {
            assertThat(scripts.load(List.of(base + "/Net.java")).userClasses()).extracting(Class::getName).containsExactly("Net");
            refused(
                "Could not download '" + base
                    + "/Gone.java': the server answered 404. Check the address, or download the script and give the file.",
                base + "/Gone.java");
        } finally {
            server.stop(0);
        }
    }

    @Test void reloadsAnEditAndKeepsTheOldOnABrokenOne() throws Exception {
        write("Shop.java", "class Shop extends io.katydid.api.User {}");
        var script = scripts.load(List.of("Shop.java"));
        var first = script.userClasses();
        assertThat(scripts.reload(script)).isEmpty();
        assertThat(script.userClasses()).isEqualTo(first);
        write("Shop.java", "class Shop extends io.katydid.api.User {} class More extends io.katydid.api.User {}");
        assertThat(scripts.reload(script)).isEmpty();
        assertThat(script.userClasses()).extracting(Class::getSimpleName).containsExactly("More", "Shop");
        write("Shop.java", "class Shop extends {}");
        assertThat(scripts.reload(script))
            .hasValueSatisfying(why -> assertThat(why).contains("Shop.java:1:").endsWith("The script stays as it was before this edit."));
        assertThat(script.userClasses()).hasSize(2);
    }

    @Test void rewritesADamagedCacheEntry() throws Exception {
        write("Shop.java", SHOP);
        scripts.load(List.of("Shop.java"));
        var entry = onlyEntry();
        var good = Files.readAllBytes(entry);
        Files.write(entry, java.util.Arrays.copyOf(good, good.length / 2));
        assertThat(fresh().load(List.of("Shop.java")).userClasses()).hasSize(1);
        assertThat(Files.readAllBytes(onlyEntry())).isEqualTo(good);
    }

    private Path onlyEntry() throws IOException {
        try (var files = Files.list(home.resolve("cache"))) {
            var all = files.toList();
            assertThat(all).hasSize(1);
            return all.getFirst();
        }
    }

    @Test void aHitLoadsNoCompiler() throws Exception {
        write("Shop.java", SHOP);
        assertThat(child()).contains("users=[class Shop]").contains("com.sun.tools.javac");
        assertThat(child()).contains("users=[class Shop]").contains("io.katydid.host.ScriptCache").doesNotContain("com.sun.tools.javac");
    }

    private String child() throws Exception {
        var out = home.resolve("child.txt");
        var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
            "-Xlog:class+load", "-cp", System.getProperty("java.class.path"),
            LoadOnce.class.getName(), home.toString()).redirectErrorStream(true).redirectOutput(out.toFile()).start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        return Files.readString(out);
    }

    /** Is the main of the child. */
    static final class LoadOnce {
        public static void main(String[] args) {
            var home = Path.of(args[0]);
            try (var host = Host.start(HostOptions.scriptsOnly(home.resolve("once")))) {
                IO.println("users=" + host.scripts().load(List.of(home.resolve("Shop.java").toString())).userClasses());
            }
        }
    }
}
