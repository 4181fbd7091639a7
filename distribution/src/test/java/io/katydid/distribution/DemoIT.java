package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Takes the demo as a newcomer does. */
class DemoIT {
    private static final String[] SUMMARY = {"Katydid's demo: 40 users against a shop on http://127.0.0.1:", "/api/products",
        "Aggregated", "Response time percentiles", "What to look at", "is the slow one", "Next",
        "katydid init",
        "katydid --help"};

    @TempDir Path folder;

    @Test void itRunsAndTellsWhatThereIsToSee() throws Exception {
        var run = new Product(folder).without("NO_COLOR").run("demo", "-t", "5s");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains(SUMMARY).doesNotContain("\u001B").doesNotContain("\tat ").doesNotContain("exception in the script");
    }

    @Test void ctrlCGivesTheSameSummary() throws Exception {
        var running = new Product(folder).start("demo");
        running.awaitText(" of 60 s: 40 users");
        running.signal("INT");
        var run = running.await();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).contains(SUMMARY).doesNotContain("INFO").doesNotContain("\tat ");
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 160}) void noLineWraps(int columns) throws Exception {
        try (var terminal = Terminal.open(new Product(folder).without("NO_COLOR"), folder, columns,
            Product.HOME.resolve("bin/katydid").toString(), "demo", "-t", "5s")) {
            assertThat(terminal.exitCode()).as(terminal.text()).isZero();
            assertThat(terminal.text()).contains(SUMMARY);
            // A machine that is busy with something else makes the log say so, in lines of any length.
            assertThat(terminal.text().replaceAll("\u001B\\[[0-9;]*m", "").lines()
                .filter(line -> !line.startsWith("[20") && !line.startsWith("    at ")))
                .hasSizeGreaterThan(30).allMatch(line -> line.strip().length() <= columns);
        }
    }
}
