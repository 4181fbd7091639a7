package io.katydid.transactions;

import io.katydid.api.Environment;
import io.katydid.api.Reporter;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.api.stats.Snapshot;
import io.katydid.testkit.ReporterContract;
import java.nio.file.Path;
import java.util.List;

class TransactionReporterContractTest extends ReporterContract {

    @Override protected Reporter newPlugin(Path folder) { return new WithPrefix(new TransactionReporter()); }

    /** It writes transactions, and those of the contract are requests. */
    @Override protected boolean writesNames() { return false; }

    @Override protected List<String> options(Path folder) {
        return List.of("--csv=" + folder.resolve("out"), "--log-transactions-in-file");
    }

    /** Brings the option of another bundle along that says where the files are. */
    record WithPrefix(TransactionReporter reporter) implements Reporter {
        @Override public void options(OptionRegistry options) { reporter.options(options.add(Option.string("--csv").help("The prefix."))); }

        @Override public void init(Environment environment) { reporter.init(environment); }

        @Override public void snapshot(Snapshot second) throws Exception { reporter.snapshot(second); }

        @Override public void finished(Environment environment, int exitCode) throws Exception { reporter.finished(environment, exitCode); }
    }
}
