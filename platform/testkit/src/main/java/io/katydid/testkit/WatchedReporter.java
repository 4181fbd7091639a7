package io.katydid.testkit;

import io.katydid.api.Environment;
import io.katydid.api.Reporter;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.stats.Snapshot;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** Stands before a reporter and notes what it is told and what it throws. */
class WatchedReporter implements Reporter {
    private final Reporter reporter;
    private final List<String> calls = new CopyOnWriteArrayList<>();
    private final List<Throwable> thrown = new CopyOnWriteArrayList<>();
    private final List<Snapshot> snapshots = new CopyOnWriteArrayList<>();
    private final AtomicLong requests = new AtomicLong();

    private WatchedReporter(Reporter reporter) {
        this.reporter = reporter;
    }

    /** The platform collects requests for those only that override the method. */
    static WatchedReporter of(Reporter reporter) {
        return takesRequests(reporter) ? new WithRequests(reporter) : new WatchedReporter(reporter);
    }

    static boolean takesRequests(Reporter reporter) {
        try {
            return !reporter.getClass().getMethod("requests", List.class).getDeclaringClass().equals(Reporter.class);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Gives the calls in their order, batches of requests left out. */
    List<String> calls() { return List.copyOf(calls); }

    List<Throwable> thrown() { return List.copyOf(thrown); }

    List<Snapshot> snapshots() { return List.copyOf(snapshots); }

    long seenRequests() { return requests.get(); }

    private interface Call { void run() throws Exception; }

    private void pass(String what, Call call) throws Exception {
        calls.add(what);
        try {
            call.run();
        } catch (Exception | Error problem) {
            thrown.add(problem);
            throw problem;
        }
    }

    @Override public void options(OptionRegistry options) {
        reporter.options(options);
    }

    @Override public void init(Environment environment) throws Exception {
        pass("init", () -> reporter.init(environment));
    }

    @Override public void started(Environment environment) throws Exception {
        pass("started", () -> reporter.started(environment));
    }

    @Override public void snapshot(Snapshot second) throws Exception {
        snapshots.add(second);
        pass(second.last() ? "last snapshot" : "snapshot", () -> reporter.snapshot(second));
    }

    @Override public void finished(Environment environment, int exitCode) throws Exception {
        pass("finished", () -> reporter.finished(environment, exitCode));
    }

    @Override public void close() throws Exception {
        pass("close", reporter::close);
    }

    private static final class WithRequests extends WatchedReporter {
        private final WatchedReporter self = this;

        WithRequests(Reporter reporter) {
            super(reporter);
        }

        @Override public void requests(List<RequestEvent> batch) throws Exception {
            self.passRequests(batch);
        }
    }

    private void passRequests(List<RequestEvent> batch) throws Exception {
        requests.addAndGet(batch.size());
        try {
            if (calls.contains("close")) throw new AssertionError("requests after close");
            reporter.requests(batch);
        } catch (Exception | Error problem) {
            thrown.add(problem);
            throw problem;
        }
    }
}
