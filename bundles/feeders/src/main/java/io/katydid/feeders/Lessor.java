package io.katydid.feeders;

import io.katydid.api.MasterRunner;
import io.katydid.api.Worker;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Shares the rows of files out over the workers of a master, each row to one of them. The files are the workers'; a master only counts. */
final class Lessor {
    private final MasterRunner master;
    private final Map<List<String>, Ledger> ledgers = new HashMap<>();

    Lessor(MasterRunner master) {
        this.master = master;
    }

    synchronized void asked(Lease.Ask ask, String worker) {
        var ledger = ledgers.computeIfAbsent(List.of(ask.file(), ask.way()), _ -> new Ledger(ask.file(), Way.of(ask.way())));
        var range = ledger.lease(worker, ask.size(), master.workers().size());
        if (isThere(worker))
            master.sendMessage(Lease.GRANT, new Lease.Grant(ask.file(), ask.way(), range.from(), range.count()), worker);
    }

    synchronized void spent(Lease.Spent spent, String worker) {
        var ledger = ledgers.get(List.of(spent.file(), spent.way()));
        if (ledger != null) ledger.spent(worker);
        look();
    }

    /** Tells all workers when a file is used up; a worker that is lost has used its rows. */
    synchronized void look() {
        var there = master.workers().stream().map(Worker::id).collect(Collectors.toSet());
        ledgers.forEach((key, ledger) -> {
            if (ledger.tells(there)) master.sendMessage(Lease.OVER, new Lease.Over(key.getFirst(), key.getLast()));
        });
    }

    private boolean isThere(String worker) { return master.workers().stream().anyMatch(each -> each.id().equals(worker)); }
}
