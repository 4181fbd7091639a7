package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts the lines of the smallest plugin of each kind, all but blank ones, and compares them with their goals and with what README says. */
class SizesTest {
    private static final Path PLUGIN = Modules.ROOT.resolve("examples/plugin");
    private static final Path PANELS = Modules.ROOT.resolve("ui/panels");

    @Test void thePluginToCopyIsSmall() throws IOException {
        assertThat(lines(List.of(PLUGIN.resolve("pom.xml")))).as("lines of its pom").isLessThanOrEqualTo(40);
        assertThat(Files.readAllLines(PLUGIN.resolve("pom.xml")).size()).as("lines of its pom, blank ones too").isLessThanOrEqualTo(40);
        assertThat(reporter()).as("lines of its reporter").isBetween(5L, 30L);
        assertThat(protocolUser()).as("lines of its protocol user").isBetween(30L, 100L);
    }

    @Test void readmeQuotesTheSizes() throws IOException {
        var sizes = "reporter " + reporter() + " lines, protocol user " + protocolUser() + " lines"
            + ", panel " + panel() + " lines";
        System.out.println("sizes: " + sizes);
        var quoted = Files.readAllLines(Modules.ROOT.resolve("README.md")).stream()
            .filter(line -> line.startsWith("Size of the smallest plugin"))
            .toList();
        assertThat(quoted).as("the line of README.md; correct it when the plugins have changed").containsExactly(
            "Size of the smallest plugin, blank lines not counted: " + sizes + " (`examples/plugin`, `ui/panels/pace`).");
    }

    private static long reporter() throws IOException { return lines(List.of(source("HelloReporter.java"))); }

    /** Counts the user with its client and its options. */
    private static long protocolUser() throws IOException {
        return lines(List.of(source("HelloUser.java"), source("HelloClient.java"), source("HelloOptions.java")));
    }

    private static Path source(String file) { return PLUGIN.resolve("src/main/java/hello").resolve(file); }

    /** Counts the modules and {@code panel.json} of the smallest panel that is shipped. */
    private static long panel() throws IOException {
        var sizes = new ArrayList<Long>();
        for (var panel : files(PANELS, "panel.json")) {
            var parts = new ArrayList<>(files(panel.getParent(), ".js"));
            parts.add(panel);
            if (parts.size() > 1) sizes.add(lines(parts));
        }
        assertThat(sizes).as("panels with a panel.json and a .js module beside it, below " + PANELS).isNotEmpty();
        return sizes.stream().min(Comparator.naturalOrder()).orElseThrow();
    }

    private static List<Path> files(Path below, String ending) throws IOException {
        try (var files = Files.walk(below)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending) && !file.toString().contains("/target/")).toList();
        }
    }

    private static long lines(List<Path> files) throws IOException {
        long count = 0;
        for (var file : files) count += Files.readAllLines(file).stream().filter(line -> !line.isBlank()).count();
        return count;
    }
}
