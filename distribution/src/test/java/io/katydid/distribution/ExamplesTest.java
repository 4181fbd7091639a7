package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Compiles every example as strictly as the compiler can. */
class ExamplesTest {
    private static final Path SCRIPTS = Modules.ROOT.resolve("examples/scripts");

    @TempDir Path out;

    @TestFactory Stream<DynamicTest> eachScriptCompilesWithoutAWarning() throws IOException {
        var scripts = scripts();
        assertThat(scripts.size()).isGreaterThan(20);
        return scripts.stream().map(script -> DynamicTest.dynamicTest(script.getFileName().toString(), () -> compile(script)));
    }

    @Test void theJUnitTestCompilesWithoutAWarning() throws IOException {
        compile(Modules.ROOT.resolve("examples/junit/CheckoutLoadTests.java"));
    }

    @Test void thePluginToCopyCompilesWithoutAWarning() throws IOException {
        var sources = pluginSources();
        assertThat(sources).hasSize(4);
        compile(sources.toArray(Path[]::new));
    }

    @Test void itsPomHasTheVersionsOfThisBuild() throws IOException {
        var ours = Files.readString(Modules.ROOT.resolve("pom.xml"));
        var pom = Files.readString(Modules.ROOT.resolve("examples/plugin/pom.xml"));
        var plugins = Pattern.compile("<plugin><artifactId>(.*?)</artifactId><version>(.*?)</version></plugin>").matcher(pom).results()
            .toList();
        assertThat(plugins).hasSize(5).allSatisfy(plugin -> assertThat(ours).containsPattern(
            "<artifactId>" + plugin.group(1) + "</artifactId>\\s+<version>" + Pattern.quote(plugin.group(2)) + "</version>"));
        var version = Pattern.compile("<version>(.*?)</version>").matcher(ours).results().findFirst().orElseThrow().group(1);
        assertThat(pom).contains("<katydid.version>" + version + "</katydid.version>");
    }

    static List<Path> pluginSources() throws IOException {
        try (var files = Files.list(Modules.ROOT.resolve("examples/plugin/src/main/java/hello"))) {
            return files.sorted().toList();
        }
    }

    static List<Path> scripts() throws IOException {
        try (var files = Files.list(SCRIPTS)) {
            return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
        }
    }

    private void compile(Path... sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        var said = new StringWriter();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            // -classfile: class files of libraries name annotations that are not on the class path.
            var options = List.of("-Xlint:all,-classfile", "-Werror", "-proc:none", "-d",
                Files.createTempDirectory(out, "classes").toString(), "-classpath",
                System.getProperty("java.class.path"));
            var ok = compiler.getTask(said, files, null, options, null, files.getJavaFileObjects(sources)).call();
            assertThat(ok).as(said.toString()).isTrue();
        }
    }
}
