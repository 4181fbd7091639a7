package io.katydid.cluster;

import io.katydid.api.event.WorkerReport;
import io.katydid.cluster.report.Proof;
import io.katydid.cluster.report.Report;
import io.katydid.cluster.report.ReportReader;
import io.katydid.cluster.report.Sequence;
import io.katydid.cluster.wire.WireMessage;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges what workers report, each report once. On the link's thread. */
final class Reports {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final MasterRunnerImpl master;
    private final Nodes nodes;
    private final Losses losses;
    private final Farewells farewells;
    private final PerWorker<ReportReader> readers = new PerWorker<>();
    private final PerWorker<Proof> proofs = new PerWorker<>();
    private long provedRun;
    private final PerWorker<Sequence> sequences = new PerWorker<>();

    Reports(MasterRunnerImpl master, Nodes nodes, Losses losses, Farewells farewells) {
        this.master = master;
        this.nodes = nodes;
        this.losses = losses;
        this.farewells = farewells;
    }

    void take(String id, WireMessage message) {
        var said = Said.of(message.data());
        long offset = said.number(WorkerReports.CLOCK_OFFSET).orElse(0L);
        var report = readers.of(id, ReportReader::new).read(message.data(), offset, Instant.now());
        report.filter(read -> isNew(id, read) && isOfThisRun(read)).ifPresent(read -> merge(id, read));
        if (report.isPresent()) {
            var environment = master.home().environment();
            environment.events().workerReport().fire(new WorkerReport(environment, id, new LinkedHashMap<>(said.all())));
        }
        farewells.reported(id);
    }

    /** A report without a number is of a worker that does not know them. */
    private boolean isNew(String id, Report report) {
        if (report.mark().isEmpty()) return true;
        var mark = report.mark().get();
        master.send(id, "katydid_ack", Map.of("sequence", mark.sequence()));
        return !(sequences.of(id, _ -> new Sequence()).accept(mark.epoch(), mark.sequence()) instanceof Sequence.Duplicate);
    }

    /** A report that comes late is of a run that is over; a worker that was not told yet which run it is says 0. */
    private boolean isOfThisRun(Report report) {
        return report.mark().map(mark -> mark.run() == 0 || mark.run() == master.crew().number()).orElse(true);
    }

    /** Compares what a worker of Katydid counted in all with what has come of it, and says in the run's record what has not. */
    void prove(String id, WireMessage message) {
        var said = Said.of(message.data());
        if (said.number("run").orElse(0L) != master.crew().number()) return;
        var missing = proofs.find(id).orElseGet(() -> new Proof(id)).check(message.data());
        missing.ifPresent(text -> {
            LOG.warn("{}", text);
            master.run().ifPresent(run -> run.fault("incomplete " + id, text));
        });
    }

    private void merge(String id, Report report) {
        if (report.mark().isPresent()) {
            long run = report.mark().get().run();
            if (run != provedRun) proofs.clear();
            provedRun = run;
            proofs.of(id, Proof::new).add(report.delta());
        }
        master.home().statistics().merge(report.delta());
        nodes.find(id).ifPresent(node -> {
            node.users(report.userClassesCount());
            losses.reported(node, report.delta().total().requests());
        });
        master.crew().look();
    }
}
