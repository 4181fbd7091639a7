package io.katydid.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.katydid.api.KatydidException;
import io.katydid.api.StopUser;
import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.api.Reporter;
import io.katydid.api.Environment;
import io.katydid.api.stats.Snapshot;
import io.katydid.launcher.Katydid;
import io.katydid.parity.Parity;
import io.katydid.testkit.EmbeddedKatydid;
import io.katydid.testkit.TestOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransactionsTest {
    @TempDir Path folder;

    /** Ends ten transactions over two tasks, one of which fails, and leaves one open. */
    public static final class Shopper extends User {
        private final TransactionManager transactions = new TransactionManager(environment());
        private int done;

        @Override protected void onStart() {
            transactions.startTransaction("buy");
            transactions.startTransaction("never ended");
        }

        @Task void pay() {
            done++;
            transactions.endTransaction("buy", done != 5, done == 5 ? "=no, \"money\"" : "");
            if (done == 10) throw new StopUser();
            transactions.startTransaction("buy");
        }
    }

    /** Stands beside the bundle csv, whose option the files are named after. */
    private static final class WithCsv implements Reporter {
        private final TransactionReporter reporter = new TransactionReporter();

        @Override public void options(OptionRegistry options) {
            reporter.options(options);
            options.add(Option.string("--csv"));
        }

        @Override public void init(Environment environment) { reporter.init(environment); }

        @Override public void snapshot(Snapshot second) throws Exception { reporter.snapshot(second); }

        @Override public void finished(Environment environment, int exitCode) throws Exception { reporter.finished(environment, exitCode); }
    }

    @Test
    @Parity("LP-7") void transactionsOfAllUsersAreInTheFileAndInTheSummary() throws Exception {
        var plugin = new WithCsv();
        var options = TestOptions.of(plugin, "--log-transactions-in-file", "--csv=" + folder.resolve("out/run"));
        try (var katydid = EmbeddedKatydid.open(Katydid.environment(Shopper.class).loops(2).plugin(plugin).parsedOptions(options))) {
            katydid.runUntil(20, "no user any more", () -> katydid.runner().userCount() == 0);
            katydid.finish();
            assertThat(katydid.environment().stats().total().numRequests()).as("a transaction is no request").isZero();
            assertThat(katydid.environment().stats().exceptions()).isEmpty();
        }
        var rows = Files.readAllLines(folder.resolve("out/run_transactions.csv"));
        assertThat(rows.getFirst()).isEqualTo("start_time,duration,transaction_name,user_count,success,failure_message");
        assertThat(rows).hasSize(201);
        assertThat(rows.subList(1, 201))
            .allMatch(row -> row.matches("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d,\\d+,buy,\\d+,(True,|False,\"'=no, \"\"money\"\"\")"));
        assertThat(rows.stream().filter(row -> row.contains("False"))).hasSize(20);
        var summary = Files.readAllLines(folder.resolve("out/run_transactions_summary.csv"));
        assertThat(summary).hasSize(2);
        assertThat(summary.getFirst())
            .startsWith("Type,Name,Request Count,Failure Count,Median Response Time,Average Response Time,Min Response Time,"
                + "Max Response Time,50%,66%")
            .endsWith("99.99%,100%");
        assertThat(summary.getLast()).startsWith("Transaction,buy,200,20,");
    }

    @Test void theSummaryHasTheFiguresOfTheReference() {
        var durations = new Durations();
        for (long millis = 1; millis <= 100; millis++) durations.add(new Transaction(Instant.EPOCH, millis, "t", 1, millis > 3, ""));
        assertThat(durations.row("t")).startsWith("Transaction", "t", "100", "3", "51", "50", "1", "100").endsWith("99", "99", "100");
        var one = new Durations();
        one.add(new Transaction(Instant.EPOCH, 7, "t", 1, true, ""));
        assertThat(one.row("t").subList(4, 9)).containsOnly("7");
    }

    @Test void endingWhatDoesNotRunIsAnErrorInWords() {
        try (var katydid = EmbeddedKatydid.open(Katydid.environment(Shopper.class).loops(1))) {
            var transactions = new TransactionManager(katydid.environment());
            assertThat(transactions.startTransaction("a")).isEqualTo("a");
            assertThatThrownBy(() -> transactions.endTransaction("b")).isInstanceOf(KatydidException.class).hasMessage(
                "endTransaction(\"b\"): no transaction of that name is in progress, but [a]. Call startTransaction(\"b\") of the same TransactionManager first.");
            transactions.endTransaction("a");
            assertThatThrownBy(() -> transactions.endTransaction("a")).hasMessageContaining("is in progress, but []");
        }
    }
}
