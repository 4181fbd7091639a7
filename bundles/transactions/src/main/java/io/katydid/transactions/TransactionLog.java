package io.katydid.transactions;

import io.katydid.api.Environment;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Collects the transactions of an environment. Users only queue; whoever reads sums up. */
final class TransactionLog {
    private static final String NAME = "io.katydid.transactions.log";
    /** What the console can show is the newest; files have all. */
    private static final int KEPT = 10_000;
    private final ConcurrentLinkedQueue<Transaction> ended = new ConcurrentLinkedQueue<>();
    private final Map<String, Durations> names = new LinkedHashMap<>();
    private final ArrayDeque<Transaction> newest = new ArrayDeque<>();
    private volatile boolean read;

    static TransactionLog of(Environment environment) { return environment.shared(NAME, TransactionLog.class, TransactionLog::new); }

    /** Says that somebody takes what is added; until then it would only pile up. */
    void reading() {
        read = true;
    }

    void add(Transaction transaction) {
        if (read) ended.add(transaction);
    }

    /** Sums up what has ended since the last time and gives it. */
    synchronized List<Transaction> take() {
        var taken = new ArrayList<Transaction>();
        for (var next = ended.poll(); next != null; next = ended.poll()) taken.add(next);
        for (var transaction : taken) {
            names.computeIfAbsent(transaction.name(), _ -> new Durations()).add(transaction);
            newest.add(transaction);
            if (newest.size() > KEPT) newest.remove();
        }
        return taken;
    }

    synchronized String newest() { return table(Transaction.HEADING, newest.stream().map(Transaction::row).toList()); }

    synchronized String summary() {
        return table(Durations.HEADING, names.entrySet().stream().map(entry -> entry.getValue().row(entry.getKey())).toList());
    }

    private static String table(List<String> heading, List<List<String>> rows) {
        var all = new ArrayList<List<String>>();
        all.add(heading);
        all.addAll(rows);
        return Table.text(all);
    }
}
