package io.katydid.transactions;

import io.katydid.api.Environment;
import io.katydid.api.KatydidException;
import io.katydid.api.Runner;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Times transactions of one user, which may span several requests and tasks. They are no requests: {@code --log-transactions-in-file} writes them to files of their own.
 *
 * <pre>{@code
 * class Shopper extends HttpUser {
 *     private final TransactionManager transactions = new TransactionManager(environment());
 *
 *     @Task void buy() {
 *         transactions.startTransaction("buy");
 *         client.get("/cart");
 *         client.post("/pay");
 *         transactions.endTransaction("buy");
 *     }
 * }
 * }</pre>
 *
 * <p>One that is never ended is not counted. Any thread.
 */
public final class TransactionManager {
    private final TransactionLog log;
    private final Runner runner;
    private final Map<String, Begun> inProgress = new ConcurrentHashMap<>();

    private record Begun(Instant time, long nanos, int userCount) {}

    /** Makes one for a user of this environment. */
    public TransactionManager(Environment environment) {
        log = TransactionLog.of(environment);
        runner = environment.runner();
    }

    /** Starts the clock of a transaction and gives its name back; one of that name that runs starts anew. */
    public String startTransaction(String name) {
        inProgress.put(name, new Begun(Instant.now(), System.nanoTime(), runner.userCount()));
        return name;
    }

    /** Ends a transaction that went well. */
    public void endTransaction(String name) {
        endTransaction(name, true, "");
    }

    /** Ends a transaction; the message says why it failed. */
    public void endTransaction(String name, boolean success, String failureMessage) {
        var begun = inProgress.remove(name);
        if (begun == null) {
            throw new KatydidException(
                "endTransaction(\"" + name + "\"): no transaction of that name is in progress, but " + inProgress.keySet()
                    + ". Call startTransaction(\"" + name + "\") of the same TransactionManager first.");
        }
        long millis = Math.round((System.nanoTime() - begun.nanos()) / 1e6);
        log.add(new Transaction(begun.time(), millis, name, begun.userCount(), success, failureMessage));
    }
}
