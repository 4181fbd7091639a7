package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the programs that measure, and asks one for what it does not know; measuring is no test. */
class BenchTest {
    @TempDir Path folder;

    @Test void allOfThemCompile() throws Exception {
        compile();
    }

    /** Asks the plans themselves, with every tool there is, installed or not. */
    @Test void quickTakesSixMinutesAndFullAnHour() throws Exception {
        compile();
        try (var loader = new URLClassLoader(new URL[]{folder.toUri().toURL()}, null)) {
            assertThat(takes(loader, "quick")).isBetween(Duration.ofMinutes(3), Duration.ofMinutes(6));
            assertThat(takes(loader, "full")).isBetween(Duration.ofMinutes(30), Duration.ofMinutes(60));
        }
    }

    private static Duration takes(ClassLoader loader, String name) throws Exception {
        var type = loader.loadClass("Plan");
        var made = type.getDeclaredMethod(name);
        var takes = type.getDeclaredMethod("takes");
        made.setAccessible(true);
        takes.setAccessible(true);
        // What a tool cannot do is no part of a plan once it is asked what is possible.
        var does = type.getDeclaredMethod("doable");
        does.setAccessible(true);
        return (Duration) takes.invoke(does.invoke(made.invoke(null)));
    }

    private void compile() throws Exception {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null);
            var sources = Files.list(Modules.ROOT.resolve("distribution/bench"))) {
            var all = sources.filter(file -> file.toString().endsWith(".java")).toList();
            assertThat(all).hasSizeGreaterThan(12);
            boolean compiled = compiler.getTask(said, files, null, List.of("-Xlint:all", "-Werror", "-d", folder.toString()), null,
                files.getJavaFileObjectsFromPaths(all)).call();
            assertThat(compiled).as(said.toString()).isTrue();
        }
    }

    @Test void aScenarioThatIsNotThereIsAnsweredWithAll() throws Exception {
        var product = new Product(folder).cold();
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var ended = product.startCommand(List.of(java, Modules.ROOT.resolve("distribution/bench/Bench.java").toString(), "c7")).await();
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("There is no scenario 'c7'. There are [c1, c100, c1000,");
    }
}
