package io.katydid.kernel.run;

import io.katydid.api.Environment;
import io.katydid.api.Reporter;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.stats.Snapshot;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Holds the reporters of an environment. Any thread. */
public final class Reporters {
    private final List<ReporterThread> threads = new CopyOnWriteArrayList<>();
    private volatile boolean wantRequests;

    /** Adds a reporter and starts its thread. */
    public void add(Reporter reporter) {
        var thread = new ReporterThread(reporter);
        threads.add(thread);
        wantRequests |= thread.wantsRequests();
    }

    /** Ends the thread of a reporter after what was handed to it; it gets nothing more. */
    public void remove(Reporter reporter) {
        for (var thread : threads) {
            if (!thread.reporter().equals(reporter)) continue;
            threads.remove(thread);
            thread.leave();
        }
        wantRequests = threads.stream().anyMatch(ReporterThread::wantsRequests);
    }

    /** Tells one reporter that the run has started: it came in the middle of it. */
    public void started(Reporter reporter, Environment environment) {
        threads.stream().filter(thread -> thread.reporter().equals(reporter))
            .forEach(thread -> thread.call("started", () -> reporter.started(environment)));
    }

    /** Tells whether any reporter takes requests. */
    public boolean wantRequests() { return wantRequests; }

    /** Brings a request to those that take them. On the user's thread: never blocks. */
    public void request(RequestEvent event) {
        for (var thread : threads) thread.request(event);
    }

    void started(Environment environment) {
        threads.forEach(thread -> thread.call("started", () -> thread.reporter().started(environment)));
    }

    void snapshot(Snapshot snapshot) {
        threads.forEach(thread -> thread.snapshot(snapshot));
    }

    /** Lets every reporter finish, in turn, and waits for each. */
    public void finish(Environment environment, int exitCode) {
        for (var thread : threads) thread.finish(environment, exitCode);
    }

    /** Gives the requests that did not reach a reporter because its queue was full. */
    public long dropped() {
        return threads.stream().mapToLong(ReporterThread::dropped).sum();
    }
}
