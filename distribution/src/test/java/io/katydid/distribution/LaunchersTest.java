package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares the two launchers: both are made from one list of flags and one class path. */
class LaunchersTest {

    @TempDir Path home;

    @Test void bothLaunchersPassTheSameFlagsAndClassPath() throws IOException {
        var templates = Modules.ROOT.resolve("distribution/src/main/launcher");
        Files.createDirectories(home.resolve("lib"));
        for (var jar : List.of("b.jar", "a.jar")) Files.writeString(home.resolve("lib").resolve(jar), jar);

        Assemble.main(new String[]{templates.toString(), home.toString()});

        var sh = Files.readString(home.resolve("bin/katydid"));
        var bat = Files.readString(home.resolve("bin/katydid.bat"));
        var flags = Assemble.flags(templates);
        assertThat(flags).hasSizeGreaterThan(8).contains("--add-opens=java.base/java.lang=ALL-UNNAMED");
        assertThat(sh).contains(String.join(" ", flags)).contains("class_path=$lib/a.jar:$lib/b.jar").doesNotContain("@FLAGS@",
            "@CLASS_PATH", "@BUILD@");
        assertThat(bat).contains(String.join(" ", flags)).contains("%LIB%\\a.jar;%LIB%\\b.jar");
        assertThat(Arrays.stream(bat.split("\n")).filter(line -> !line.endsWith("\r") && !line.isEmpty())).isEmpty();
        assertThat(Files.isExecutable(home.resolve("bin/katydid"))).isTrue();
    }
}
