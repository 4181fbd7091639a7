package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the product with what locust-plugins adds to the reference, and compares with the count of a server. */
class LimitsIT {
    private static final String LOOKER = """
        import io.katydid.api.*;
        import io.katydid.http.*;

        class Looker extends FastHttpUser {
            @Override protected WaitTime waitTime() { return constant(0.01); }

            @Task void look() { client.get("%s"); }
        }
        """;

    @TempDir Path folder;

    private Product.Ended run(ShopServer server, String source, String... more) throws Exception {
        var product = new Product(folder);
        var words = new ArrayList<>(List.of("-f", product.script("Looker.java", source).toString(), "-H", server.url(), "--headless",
            "-u", "10", "-r", "100"));
        words.addAll(List.of(more));
        return product.run(words.toArray(String[]::new));
    }

    @Test
    @Parity("LP-1") void iterationsEndTheRunAfterExactlySoManyTasks() throws Exception {
        try (var server = new ShopServer()) {
            var run = run(server, LOOKER.formatted("/look"), "-i", "57");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(server.total()).isEqualTo(57);
            assertThat(run.err()).contains("Iteration limit reached (57), stopping Users at the start of their next task run")
                .contains("Last user stopped, quitting runner");
        }
    }

    @Test
    @Parity("LP-1") void aCheckThatIsNotMetIsExitCode3() throws Exception {
        try (var server = new ShopServer()) {
            var run = run(server, LOOKER.formatted("/not/exist"), "-i", "20", "--check-fail-ratio", "0.5");
            assertThat(run.exitCode()).as(run.err()).isEqualTo(3);
            assertThat(run.err()).contains("CHECK FAILED: fail ratio was 100.00% (threshold 50.00%)");
            assertThat(run(server, LOOKER.formatted("/not/exist"), "-i", "20", "--check-fail-ratio", "1").exitCode()).isZero();
            assertThat(run(server, LOOKER.formatted("/not/exist"), "-i", "20").exitCode()).isEqualTo(1);
        }
    }

    @Test
    @Parity("LP-1") void ipsReplacesTheWaitTimesOfTheScript() throws Exception {
        try (var server = new ShopServer()) {
            var run = run(server, LOOKER.formatted("/look"), "--ips", "20", "-t", "4s", "--json");
            assertThat(run.exitCode()).as(run.err()).isZero();
            assertThat(server.total()).as("10 at once, then 20 a second; without --ips thousands").isEqualTo(run.requests()).isBetween(40L,
                95L);
        }
    }

    @Test
    @Parity("LP-7") void transactionsAreCompleteAtSigterm() throws Exception {
        var source = Files.readString(Modules.ROOT.resolve("examples/scripts/Transactions.java")).replace("constant(0.5)",
            "constant(0.02)");
        try (var server = new ShopServer()) {
            var product = new Product(folder);
            var running = product.start("-f", product.script("Transactions.java", source).toString(), "-H", server.url(), "--headless",
                "-u", "10", "-r",
                "100", "--csv", "out/run", "--log-transactions-in-file");
            running.awaitText("All users spawned");
            while (server.count("POST /pay") < 200) Thread.onSpinWait();
            running.signal("TERM");
            var run = running.await();
            assertThat(run.exitCode()).as(run.err()).isZero();
            long rows = Files.readAllLines(folder.resolve("out/run_transactions.csv")).size() - 1;
            assertThat(rows).as("a transaction per payment; each user may have been stopped between the two").isBetween(
                server.count("POST /pay") - 10, server.count("POST /pay"));
            assertThat(Files.readAllLines(folder.resolve("out/run_transactions_summary.csv")).getLast())
                .startsWith("Transaction,buy," + rows + ",0,");
        }
    }

    @Test
    @Parity("LP-2") void aReactionOfAScriptQuitsTheRun() throws Exception {
        var source = LOOKER.formatted("/not/exist") + """

            class Rules {
                @Listen static void onInit(io.katydid.api.event.Init event) { io.katydid.reactions.QuitOnFail.on(event.environment()); }
            }
            """;
        try (var server = new ShopServer()) {
            var run = run(server, source);
            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(run.err()).contains("GET /not/exist failed (").contains("): quitting");
            assertThat(server.total()).isPositive();
        }
    }

    /** Beyond the limit of open files users fail with words, and everybody else goes on. */
    @Test void usersForWhomThereIsNoDescriptorFailWithWords() throws Exception {
        var product = new Product(folder);
        var script = product.script("Looker.java", LOOKER.formatted("/look").replace("constant(0.01)", "constant(100)"));
        try (var server = new ShopServer()) {
            var run = product.startCommand(
                List.of("sh", "-c", "ulimit -n 300 && exec \"$0\" \"$@\"", product.home().resolve("bin/katydid").toString(), "-f",
                    script.toString(), "-H", server.url(), "--headless", "-u", "1000", "-r", "1000", "-t", "8s", "--json"))
                .await();

            assertThat(run.exitCode()).as(run.err()).isEqualTo(1);
            assertThat(run.requests()).as("requests of as many users").isEqualTo(1000);
            assertThat(run.failures()).isPositive().isEqualTo(1000 - server.total());
            var warning = "System open file limit '300' is below what 1000 users need";
            assertThat(run.err()).contains(warning).contains("No socket for " + server.url()
                + ": Too many open files. Raise ulimit -n, or start fewer users.")
                .doesNotContain("exception in the script");
            assertThat(run.err().indexOf(warning)).as("said before the first user").isLessThan(run.err().indexOf("Ramping to 1000 users"));
        }
    }
}
