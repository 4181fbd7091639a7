package io.katydid.transactions;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.KatydidException;
import io.katydid.api.Reporter;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.api.stats.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Writes transactions to {@code PREFIX_transactions.csv} and, at the end, their summary; or gives them to the console. */
@Extension
public final class TransactionReporter implements Reporter {
    static final Option<Boolean> IN_FILE = Option.flag("--log-transactions-in-file").env("LOCUST_LOG_TRANSACTIONS_IN_FILE")
        .group("Request statistics options")
        .help("Write transactions to PREFIX_transactions.csv and PREFIX_transactions_summary.csv; PREFIX is that of --csv").hiddenInWebUI();
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyy_MM_dd_HH_mm_ss", Locale.ROOT);
    private @Nullable TransactionLog log;
    private @Nullable Path file;
    private @Nullable Path summary;

    /** Makes one; the platform does. */
    public TransactionReporter() {}

    @Override public boolean onWorkers() { return true; }

    @Override public void options(OptionRegistry options) {
        options.add(IN_FILE);
    }

    @Override public void init(Environment environment) {
        boolean inFile = environment.parsedOptions().get(IN_FILE);
        if (!inFile && environment.webUI().isEmpty()) return;
        var all = TransactionLog.of(environment);
        all.reading();
        log = all;
        if (inFile) create(environment);
        else environment.webUI().ifPresent(ui -> {
            ui.get("/stats/transactions/all/csv", _ -> all.newest());
            ui.get("/stats/transactions/csv", _ -> all.summary());
        });
    }

    private void create(Environment environment) {
        var prefix = environment.parsedOptions().find("csv").map(String::valueOf);
        var stamp = STAMP.format(LocalDateTime.now());
        var rows = Path.of(prefix.map(text -> text + "_transactions.csv").orElse("transactions_" + stamp + ".csv"));
        summary = Path.of(prefix.map(text -> text + "_transactions_summary.csv").orElse("transactions_summary_" + stamp + ".csv"));
        // In the middle of a run this is a newer revision of the bundle.
        boolean goOn = Files.exists(rows) && environment.run().filter(run -> run.endTime().isEmpty()).isPresent();
        try {
            var folder = rows.toAbsolutePath().getParent();
            if (folder != null) Files.createDirectories(folder);
            if (!goOn) write(rows, Table.text(List.of(Transaction.HEADING)), StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException | UncheckedIOException problem) {
            throw new KatydidException("--log-transactions-in-file: the file " + rows + " cannot be written: " + problem
                + ". Choose another --csv, in a folder you may write to.", problem);
        }
        file = rows;
    }

    @Override public void snapshot(Snapshot second) throws IOException {
        append();
    }

    @Override public void finished(Environment environment, int exitCode) throws IOException {
        append();
        var target = summary;
        var all = log;
        if (target != null && all != null) write(target, all.summary(), StandardOpenOption.TRUNCATE_EXISTING);
    }

    private void append() throws IOException {
        var all = log;
        if (all == null) return;
        var ended = all.take();
        var rows = file;
        if (rows != null && !ended.isEmpty())
            write(rows, Table.text(ended.stream().map(Transaction::row).toList()), StandardOpenOption.APPEND);
    }

    private static void write(Path target, String text, StandardOpenOption how) throws IOException {
        Files.write(target, text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.CREATE, StandardOpenOption.WRITE, how);
    }
}
