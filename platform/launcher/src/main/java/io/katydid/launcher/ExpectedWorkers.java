package io.katydid.launcher;

import io.katydid.api.MasterRunner;
import io.katydid.api.State;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.cluster.ClusterOptions;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits until the workers of a test are ready. */
final class ExpectedWorkers {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private static final int QUIET_SECONDS = 5;
    private final MasterRunner master;
    private final int expected;
    private final int maxSeconds;
    private final Children children;

    ExpectedWorkers(MasterRunner master, ParsedOptions options, Children children) {
        this.master = master;
        this.children = children;
        expected = children.count() > 0 ? children.count() : options.get(ClusterOptions.EXPECT_WORKERS);
        maxSeconds = options.get(ClusterOptions.EXPECT_WORKERS_MAX_WAIT);
    }

    /** Returns when they are, with true; with false when the process ends meanwhile. Giving up is an error. */
    boolean await(CountDownLatch ended) throws InterruptedException {
        for (int seconds = 0; ready() < expected; seconds++) {
            children.ended().ifPresent(code -> {
                throw new Refusal(ExitCode.NOT_STARTED, "A worker that --processes started ended with exit code " + code
                    + " before the test began. Its own last lines, above, say why.");
            });
            if (maxSeconds > 0 && seconds >= maxSeconds) {
                throw new Refusal(ExitCode.NOT_STARTED, "Gave up waiting for workers to connect: " + ready() + " of " + expected
                    + " were ready after " + maxSeconds
                    + " s. Start them with --worker --master-host, or expect fewer with --expect-workers.");
            }
            var text = "Waiting for workers to be ready, {} of {} connected";
            if (seconds < QUIET_SECONDS) LOG.debug(text, ready(), expected);
            else LOG.info(text, ready(), expected);
            if (ended.await(1, TimeUnit.SECONDS)) return false;
        }
        return true;
    }

    /** A worker that runs users before this test has begun does so for a master that is gone, and follows this one. */
    private long ready() {
        return master.workers().stream().filter(worker -> worker.state() != State.MISSING).count();
    }
}
