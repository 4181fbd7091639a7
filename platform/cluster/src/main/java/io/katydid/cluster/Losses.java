package io.katydid.cluster;

import io.katydid.api.State;
import io.katydid.kernel.run.KernelRun;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps account of what a lost worker had done and not reported, and decides what becomes of the test. On the link's thread. */
final class Losses {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneId.systemDefault());
    private static final int MOST_FAULTS = 10;
    private final MasterRunnerImpl master;
    private final Pace pace;
    private final PerWorker<Account> accounts = new PerWorker<>();
    private final Set<String> lost = new HashSet<>();

    /** Is what becomes of a test that lost a worker. */
    enum Policy {
        REBALANCE, CONTINUE, FAIL
    }

    Losses(MasterRunnerImpl master, Pace pace) {
        this.master = master;
        this.pace = pace;
    }

    Policy policy(boolean allPeers) {
        var options = master.home().environment().parsedOptions();
        var chosen = options.find(ClusterOptions.WORKER_LOSS);
        if (chosen.isPresent()) return Policy.valueOf(chosen.get().toUpperCase(Locale.ROOT));
        boolean rebalances = allPeers || options.find(ClusterOptions.ENABLE_REBALANCING).orElse(false);
        return rebalances ? Policy.REBALANCE : Policy.CONTINUE;
    }

    private Account account(Node node) {
        long epoch = node.peer().map(Peer::epoch).orElse(0L);
        var known = accounts.find(node.id()).filter(account -> account.epoch() == epoch);
        if (known.isPresent()) return known.get();
        var account = new Account(epoch, pace.heartbeat());
        accounts.put(node.id(), account);
        return account;
    }

    /** Takes in that a worker has left by itself. */
    void left(Node node) {
        node.become(State.STOPPED);
        share(node, 0);
    }

    /** Takes in a heartbeat, in which a worker of Katydid says how many requests it has made. */
    void heard(Node node, Said beat) {
        share(node, 0);
        if (node.peer().isEmpty()) return;
        beat.number("requests").ifPresent(
            made -> account(node).counted(made, beat.number("unreported").orElse(made), System.nanoTime()));
        doubts(node, beat.texts("faults"));
    }

    /** Takes over what makes a worker's figures doubtful; it says so again, with greater numbers, as it grows. */
    private void doubts(Node node, List<String> faults) {
        activeRun().ifPresent(run -> {
            for (int i = 0; i < Math.min(faults.size(), MOST_FAULTS); i++)
                run.fault("worker " + node.id() + " " + i, "Worker " + node.id() + " (index " + node.index() + "): " + faults.get(i));
        });
    }

    /** Takes in that so many requests of a worker are part of the figures. */
    void reported(Node node, long requests) {
        account(node).reported(requests, Instant.now());
        share(node, requests);
    }

    private void share(Node node, long requests) {
        activeRun().ifPresent(run -> run.share(node.share(requests)));
    }

    void lost(Node node) {
        activeRun().ifPresent(run -> {
            lost.add(node.id());
            run.mark("worker " + node.id() + " lost");
            run.fault(key(node), text(node));
            run.share(node.share(0));
            LOG.warn("{}", text(node));
        });
    }

    private String text(Node node) {
        var account = account(node);
        var since = CLOCK.format(account.reportedAt());
        if (node.peer().isEmpty()) {
            return "Worker " + node.id() + " (index " + node.index() + ") was lost: what it did since its last report at " + since
                + " is missing from the figures. Look whether its machine is overloaded or its network is down.";
        }
        return "Worker " + node.id() + " (index " + node.index() + ") was lost: " + account.range()
            + " requests that it made since its last report at " + since
            + " are missing from the figures. Look whether its machine is overloaded or its network is down.";
    }

    void back(Node node) {
        if (lost.remove(node.id())) activeRun().ifPresent(run -> {
            run.mark("worker " + node.id() + " back");
            run.fault(key(node), "Worker " + node.id() + " (index " + node.index() + ") was not heard of for a while; it is back"
                + (node.peer().isPresent() ? ", and what it did meanwhile is in the figures." : "."));
        });
    }

    /** Stops the test and lets it fail. */
    void fail(Node node) {
        LOG.error("The test is stopped because the worker {} was lost and --worker-loss=fail says so.", node.id());
        master.home().environment().processExitCode(1);
        master.lost(true);
    }

    private Optional<KernelRun> activeRun() { return master.run().filter(run -> run.endTime().isEmpty()); }

    private static String key(Node node) { return "lost " + node.id(); }
}
