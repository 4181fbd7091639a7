package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Environment;
import io.katydid.api.LoadTestShape;
import io.katydid.api.Tick;
import io.katydid.api.spi.ShapeRuntime;
import io.katydid.parity.Parity;
import java.io.IOException;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Asks the example shapes what they want at chosen times. */
class ShapeExamplesTest {
    @TempDir Path out;

    /** Is a run whose clock shows what the test says. */
    private static final class At implements ShapeRuntime {
        private long nanos;

        @Override public Environment environment() { throw new AssertionError("A shape of stages needs no environment."); }

        @Override public long nanoTime() { return nanos; }
    }

    @ParameterizedTest
    @Parity("RN-49")
    @CsvSource(delimiter = '|', textBlock = """
        RampShape     | 0: 100 5; 59: 100 5; 60: 200 10; 119: 200 10; 120: stop
        DoubleWave    | 0: 20 20; 160: 35 35; 200: 60 60; 300: 20 20; 400: 40 40; 599: 20 20; 600: stop
        StepLoad      | 0: 10 10; 29: 10 10; 30: 20 10; 299: 100 10; 300: 110 10; 599: 200 10; 600: stop
        StagesByClass | 0: 10 10 Guest; 10: 50 10 Guest,Member; 30: 100 10 Member; 60: 100 10 Guest,Member; 120: stop
        """) void eachShapeAsksForItsUsers(String name, String wanted) throws Exception {
        var clock = new At();
        var shape = shape(name);
        shape.bind(clock);
        var moments = List.of(wanted.split("; "));
        assertThat(moments).hasSizeGreaterThan(4);
        for (var moment : moments) {
            clock.nanos = Long.parseLong(moment.split(": ")[0]) * 1_000_000_000;
            assertThat(text(shape.tick())).as(moment).isEqualTo(moment.split(": ")[1]);
        }
    }

    private static String text(Tick tick) {
        if (tick.stop()) return "stop";
        var classes = tick.only().stream().map(Class::getSimpleName).collect(Collectors.joining(","));
        return (tick.userCount() + " " + Math.round(tick.spawnRate()) + " " + classes).strip();
    }

    private LoadTestShape shape(String name) throws Exception {
        compile(Modules.ROOT.resolve("examples/scripts/" + name + ".java"));
        try (var loader = new URLClassLoader(new java.net.URL[]{out.toUri().toURL()}, getClass().getClassLoader())) {
            var made = loader.loadClass(name).getDeclaredConstructor();
            made.setAccessible(true);
            var shape = (LoadTestShape) made.newInstance();
            shape.bind(new At());
            shape.tick();
            return shape;
        }
    }

    private void compile(Path script) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            var options = List.of("-proc:none", "-d", out.toString(), "-classpath", System.getProperty("java.class.path"));
            assertThat(compiler.getTask(null, files, null, options, null, files.getJavaFileObjects(script)).call()).isTrue();
        }
    }
}
