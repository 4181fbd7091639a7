package io.katydid.kernel.run;

import io.katydid.api.Environment;
import io.katydid.api.Reporter;
import io.katydid.api.ThrowingRunnable;
import io.katydid.api.event.RequestEvent;
import io.katydid.api.stats.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs one reporter on a thread of its own. What it cannot take in time is dropped and counted; snapshots and the end are never dropped. */
final class ReporterThread {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.reporter");
    private static final int MAX_REQUESTS = 100_000;
    private static final int MAX_BATCH = 1_000;
    private static final int MAX_SNAPSHOTS = 10;
    private static final long FINISH_SECONDS = 30;
    private final Reporter reporter;
    private final boolean wantsRequests;
    private final ArrayBlockingQueue<RequestEvent> requests;
    private final LinkedBlockingQueue<ThrowingRunnable> calls = new LinkedBlockingQueue<>();
    private final LongAdder dropped = new LongAdder();
    private volatile boolean ended;
    private volatile boolean failed;

    ReporterThread(Reporter reporter) {
        this.reporter = reporter;
        wantsRequests = overrides(reporter);
        requests = new ArrayBlockingQueue<>(wantsRequests ? MAX_REQUESTS : 1);
        var thread = Thread.ofPlatform().daemon().name("katydid-reporter-" + reporter.getClass().getSimpleName()).unstarted(this::run);
        thread.setContextClassLoader(reporter.getClass().getClassLoader());
        thread.start();
    }

    Reporter reporter() { return reporter; }

    boolean wantsRequests() { return wantsRequests; }

    long dropped() { return dropped.sum(); }

    private static boolean overrides(Reporter reporter) {
        try {
            return !reporter.getClass().getMethod("requests", List.class).getDeclaringClass().equals(Reporter.class);
        } catch (NoSuchMethodException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    void request(RequestEvent event) {
        if (wantsRequests && !requests.offer(event)) dropped.increment();
    }

    void call(String what, ThrowingRunnable call) {
        if (!ended) calls.add(call);
        LOG.trace("{} for {}", what, reporter.getClass().getName());
    }

    /** A reporter that hangs must not collect snapshots for ever; the last of a run always counts. */
    void snapshot(Snapshot snapshot) {
        if (calls.size() < MAX_SNAPSHOTS || snapshot.last()) call("snapshot", () -> reporter.snapshot(snapshot));
    }

    void finish(Environment environment, int exitCode) {
        last(() -> reporter.finished(environment, exitCode));
    }

    /** Ends the thread without an end of the run: the reporter is taken away. */
    void leave() {
        last(() -> LOG.debug("{} leaves", reporter.getClass().getName()));
    }

    private void last(ThrowingRunnable call) {
        if (ended) return;
        var done = new CountDownLatch(1);
        calls.add(() -> {
            try {
                guarded(this::batches);
                call.run();
            } catch (Throwable problem) {
                // Whatever was said before: this is about what is left when the process is gone.
                LOG.error("The reporter {} could not finish, what it writes may be incomplete: {}", reporter.getClass().getName(), problem,
                    problem);
            } finally {
                done.countDown();
            }
        });
        try {
            if (!done.await(FINISH_SECONDS, TimeUnit.SECONDS)) {
                LOG.error("The reporter {} did not finish within {} s: what it writes may be incomplete.", reporter.getClass().getName(),
                    FINISH_SECONDS);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        ended = true;
        calls.add(() -> {});
    }

    private void run() {
        while (!ended) {
            try {
                var call = calls.poll(wantsRequests ? 100 : 1000, TimeUnit.MILLISECONDS);
                // Apart: a batch that fails must not cost the reporter the last snapshot.
                guarded(this::batches);
                if (call != null) guarded(call);
            } catch (InterruptedException stopped) {
                return;
            }
        }
    }

    private void guarded(ThrowingRunnable call) {
        try {
            call.run();
        } catch (Throwable problem) {
            if (!failed)
                LOG.error("The reporter {} failed (further failures are not shown): {}", reporter.getClass().getName(), problem, problem);
            failed = true;
        }
    }

    private void batches() throws Exception {
        while (!requests.isEmpty()) {
            var batch = new ArrayList<RequestEvent>(Math.min(MAX_BATCH, requests.size()));
            requests.drainTo(batch, MAX_BATCH);
            reporter.requests(List.copyOf(batch));
        }
    }
}
