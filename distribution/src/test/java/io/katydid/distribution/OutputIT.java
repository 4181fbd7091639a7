package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at what a run of the product prints, and where. */
class OutputIT {
    private static final String REQUESTS = "(?m)^Type +Name +# reqs +# fails ";
    @TempDir Path folder;
    private Product product;

    @BeforeEach void prepare() throws Exception {
        product = new Product(folder);
        product.script("katydidfile.java", """
            import io.katydid.api.*;
            import io.katydid.api.event.*;

            class Shop extends User {
                private int turn;

                @Override protected WaitTime waitTime() { return constant(0.05); }

                @Task void call() {
                    measure("T", "call", () -> {});
                    if (++turn == Integer.getInteger("quit.after", -1)) environment().runner().quit();
                }

                @Task void odd() { environment().events().request().report("T", "odd", 1).failure("broken"); }

                @Listen static void quitting(Quitting event) { System.err.println("heard quitting"); }
            }
            """);
    }

    private static int count(String pattern, String text) { return (int) Pattern.compile(pattern).matcher(text).results().count(); }

    @Test
    @Parity({"CL-133", "CL-134"}) void statisticsComeEveryTwoSecondsAndThreeTablesAtTheEnd() throws Exception {
        var run = product.run("--headless", "-t", "5s", "--json");
        assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
        assertThat(count(REQUESTS, run.err())).as("two or three meanwhile, and one at the end").isBetween(3, 4);
        var end = run.err().substring(run.err().indexOf("Shutting down (exit code 1)"));
        assertThat(end).containsSubsequence("# reqs", "Aggregated", "Response time percentiles (approximated)", "Error report",
            "T odd: broken");
        assertThat(count("Response time percentiles", run.err())).isOne();
        assertThat(count("Error report", run.err())).isOne();
        assertThat(run.json().size()).isEqualTo(2);
        assertThat(run.out()).startsWith("[").endsWith("]\n");
        assertThat(run.err()).doesNotContain("num_requests");
    }

    @Test
    @Parity("CL-41") void onlyTheSummaryIsPrintedWhenAskedFor() throws Exception {
        var run = product.run("--headless", "-t", "5s", "--only-summary");
        assertThat(count(REQUESTS, run.err())).as(run.err()).isOne();
        var variable = product.with("LOCUST_ONLY_SUMMARY", "true").run("--headless", "-t", "3s");
        assertThat(count(REQUESTS, variable.err())).as(variable.err()).isOne();
    }

    @Test
    @Parity({"CL-39", "AC-6"}) void aFullHistoryNeedsAPrefixAndHasAllNames() throws Exception {
        var refused = product.run("--headless", "-t", "1s", "--csv-full-history");
        assertThat(refused.exitCode()).isEqualTo(2);
        assertThat(refused.err()).contains("'--csv-full-history' requires '--csv'.").doesNotContain("\tat ");
        product.run("--headless", "-t", "2s", "--csv", "total");
        assertThat(Files.readAllLines(folder.resolve("total_stats_history.csv")).stream().skip(1)).isNotEmpty()
            .allMatch(line -> line.contains(",,Aggregated,"));
        product.run("--headless", "-t", "2s", "--csv", "full", "--csv-full-history");
        assertThat(folder.resolve("full_stats_history.csv")).content().contains(",T,call,", ",T,odd,", ",,Aggregated,");
    }

    @Test
    @Parity({"SD-147", "RN-24"}) void aTaskMayQuitTheRun() throws Exception {
        var run = product.with("KATYDID_JAVA_OPTS", "-Dquit.after=10").run("--headless", "--exit-code-on-error", "0");
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.err()).containsOnlyOnce("heard quitting").contains("Shutting down (exit code 0)");
    }
}
