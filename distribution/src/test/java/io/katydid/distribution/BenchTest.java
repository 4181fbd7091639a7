package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compiles the programs that measure, and asks one for what it does not know; measuring is no test. */
class BenchTest {
    @TempDir Path folder;

    @Test void allOfThemCompile() throws Exception {
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
        var product = new Product(folder);
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var ended = product.startCommand(List.of(java, Modules.ROOT.resolve("distribution/bench/Bench.java").toString(), "c7")).await();
        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.err()).contains("There is no scenario 'c7'. There are [c1, c100, c1000,");
    }
}
