package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sits at a real terminal: keys, Ctrl-C, colours, width. */
class TerminalIT {
    private static final String ESCAPE = "\u001B[";
    private static final String SCRIPT = """
        import io.katydid.api.*;

        class Shop extends User {
            @Override protected WaitTime waitTime() { return constant(0.05); }

            @Task void call() { measure("T", "a name that is longer than the room a narrow table has for it, by far", () -> {}); }

            @Task void fail() { environment().events().request().report("T", "fail", 1).failure("no such thing, said at some length: " + "x".repeat(200)); }
        }
        """;
    private static final String KATYDID = Product.HOME.resolve("bin/katydid").toString();

    @TempDir Path folder;

    private Terminal open(Product product, int columns, String... more) throws Exception {
        product.script("katydidfile.java", SCRIPT);
        var words = new java.util.ArrayList<>(java.util.List.of(KATYDID));
        words.addAll(java.util.List.of(more));
        return Terminal.open(product, folder, columns, words.toArray(String[]::new));
    }

    @Test
    @DisplayName("CL-116, AC-12")
    @Parity("AC-12") void keysChangeTheNumberOfUsersAndCtrlCFinishesTheRun() throws Exception {
        try (var terminal = open(new Product(folder), 100, "--headless", "--only-summary", "--exit-code-on-error", "0")) {
            terminal.awaitText("\"Shop\": 1} (1 total");
            terminal.type("w");
            terminal.awaitText("\"Shop\": 2} (2 total");
            terminal.type("W");
            terminal.awaitText("\"Shop\": 12} (12 total");
            terminal.type("s");
            terminal.awaitText("\"Shop\": 11} (11 total");
            terminal.type("S");
            terminal.awaitText("Ramping to 1 users at a rate of 100.00 per second");
            terminal.type("\u0003");
            assertThat(terminal.exitCode()).as(terminal.text()).isZero();
            assertThat(terminal.text()).contains("Exiting due to CTRL+C interruption", "Shutting down (exit code 0)", "Aggregated");
        }
    }

    @Test void keysWorkWhenTheOutputGoesElsewhere() throws Exception {
        var product = new Product(folder);
        product.script("katydidfile.java", SCRIPT);
        try (var terminal = Terminal.open(product, folder, 100, "sh", "-c",
            "exec " + KATYDID + " --headless --only-summary --exit-code-on-error 0 --json > out.json")) {
            terminal.awaitText("\"Shop\": 1} (1 total");
            terminal.type("w");
            terminal.awaitText("\"Shop\": 2} (2 total");
            terminal.type("\u0003");
            assertThat(terminal.exitCode()).as(terminal.text()).isZero();
            assertThat(folder.resolve("out.json")).content().startsWith("[");
        }
    }

    @Test void aJobInTheBackgroundIsNotStoppedByTheTerminal() throws Exception {
        var product = new Product(folder);
        product.script("katydidfile.java", SCRIPT);
        try (var terminal = Terminal.open(product, folder, 100, "sh", "-c",
            "set -m; " + KATYDID + " --headless --only-summary --exit-code-on-error 0 -t 1s & wait; echo code $?")) {
            terminal.awaitText("code 0");
            assertThat(terminal.text()).contains("Shutting down (exit code 0)");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 160}) void noLineOfATableWraps(int columns) throws Exception {
        try (var terminal = open(new Product(folder).without("NO_COLOR"), columns, "--headless", "-t", "3s", "--loglevel", "ERROR")) {
            assertThat(terminal.exitCode()).as(terminal.text()).isEqualTo(1);
            assertThat(terminal.text()).contains(ESCAPE + "31m", "Aggregated", "Error report");
            assertThat(terminal.text().replaceAll("\u001B\\[[0-9;]*m", "").lines()).hasSizeGreaterThan(10)
                .allMatch(line -> line.strip().length() <= columns);
        }
    }

    @Test void withNoColorThereIsNone() throws Exception {
        try (var terminal = open(new Product(folder), 100, "--headless", "-t", "1s")) {
            assertThat(terminal.exitCode()).isEqualTo(1);
            assertThat(terminal.text()).contains("Aggregated").doesNotContain("\u001B");
        }
    }

    @Test void aFileOfErrorsGetsNoColour() throws Exception {
        var product = new Product(folder).without("NO_COLOR");
        product.script("katydidfile.java", SCRIPT);
        try (var terminal = Terminal.open(product, folder, 100, "sh", "-c", KATYDID + " --headless -t 1s 2> err.txt")) {
            assertThat(terminal.exitCode()).isEqualTo(1);
            assertThat(folder.resolve("err.txt")).content().contains("Aggregated").doesNotContain("\u001B");
        }
    }
}
