package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** Makes the AOT cache and starts with it. With {@code -XX:AOTMode=on} a JVM that cannot use its cache does not start at all. */
@Isolated("measures what a start costs")
class WarmUpIT {
    private static final String STRICT = "-XX:AOTMode=on";

    @TempDir Path folder;

    @Test void theTrainingRunMakesACacheThatTheNextStartUses() throws Exception {
        var training = new Product(folder).cold().run("warm-up");

        assertThat(training.exitCode()).as(training.err()).isZero();
        assertThat(training.out()).contains("Made " + folder.resolve("cache/aot")).contains("Katydid starts with it from now on.");
        assertThat(caches()).hasSize(1);
        var after = new Product(folder).cold().with("KATYDID_JAVA_OPTS", STRICT).run("--version");
        assertThat(after.exitCode()).as(after.err()).isZero();
        assertThat(after.out()).startsWith("katydid ");
        Files.writeString(caches().getFirst(), "no cache");
        assertThat(new Product(folder).cold().with("KATYDID_JAVA_OPTS", STRICT).run("--version").exitCode()).as("a broken cache")
            .isNotZero();
        assertThat(new Product(folder).cold().run("--version").exitCode()).as("a broken cache costs time only").isZero();
    }

    private List<Path> caches() throws IOException {
        try (var files = Files.list(folder.resolve("cache/aot"))) {
            return files.filter(file -> file.toString().endsWith(".aot")).toList();
        }
    }
}
