package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the page of options against what the product says and does. */
class OptionsPageIT {
    private static final Path PAGE = Modules.ROOT.resolve("distribution/docs/options.md");
    private static final String SCRIPT = """
        import io.katydid.api.*;

        class Quiet extends User {
            @Override protected WaitTime waitTime() { return constant(0.1); }

            @Task void call() { measure("T", "call", () -> System.getLogger("shop").log(System.Logger.Level.INFO, "logged here")); }
        }
        """;

    @TempDir Path folder;

    @Test void theListIsWhatHelpSays() throws Exception {
        var said = new Product(folder).with("LC_ALL", "C.UTF-8").run("--help").out();
        var list = said.substring(0, said.indexOf("\nExamples:")).strip();
        assertThat(list.lines().count()).isGreaterThan(100);
        assertThat(Files.readString(PAGE)).as("docs/options.md: put the output of katydid --help, up to its examples, into the last block")
            .contains("```\n" + list + "\n```\n");
    }

    @Test void theFileOfThePageIsReadAndAVariableIsStronger() throws Exception {
        var product = new Product(folder).with("KATYDID_SPAWN_RATE", "20");
        Files.writeString(folder.resolve("katydid.conf"), Snippets.of(PAGE, "conf").getFirst());
        var said = product.run("config").out();
        for (var value : new String[]{"host += https://shop.example.com", "users += 100", "run-time += 300s", "headless += true",
            "tags += \\[checkout, search\\]"})
            assertThat(said).containsPattern("(?m)^" + value + " +# katydid.conf$");
        assertThat(said).containsPattern("(?m)^spawn-rate += 20.0 +# KATYDID_SPAWN_RATE$");
    }

    @Test void theLogIsApartFromTheOutput() throws Exception {
        var product = new Product(folder);
        product.script("katydidfile.java", SCRIPT);
        var run = product.run("--headless", "-t", "1s", "--json");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.requests()).isPositive();
        assertThat(run.err()).contains("logged here");
        var toFile = product.run("--headless", "-t", "1s", "--json", "--logfile", "run.log");
        assertThat(folder.resolve("run.log")).content().contains("logged here");
        assertThat(toFile.err()).doesNotContain("logged here");
    }
}
