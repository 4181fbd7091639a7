package io.katydid.demo;

import io.katydid.api.Command;
import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.LocalRunner;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Is {@code katydid demo}: users against an embedded shop for a minute, then a tour of the figures. */
@Extension
public final class DemoCommand implements Command {
    private static final Duration RUN_TIME = Duration.ofSeconds(60);
    private static final int USERS = 40;
    private static final double SPAWN_RATE = 10;
    private static final int PROGRESS_SECONDS = 5;
    private final PrintStream out;

    /** Makes the verb; it speaks on standard error, as the tables do. */
    public DemoCommand() {
        this(System.err);
    }

    DemoCommand(PrintStream out) {
        this.out = out;
    }

    @Override public String name() { return "demo"; }

    @Override public String description() { return "Run example users, or those of -f, against an embedded shop for 60 s (-t changes it)"; }

    @Override public int run(Environment environment) throws Exception {
        try (var shop = Shop.open()) {
            if (environment.userClasses().isEmpty()) environment.userClasses(List.of(Visitor.class, Customer.class));
            environment.host(shop.url());
            // The shop fails on purpose: that must not look like a broken demo.
            environment.processExitCode(0);
            environment.events().quit().addListener(_ -> Tour.of(environment.stats().snapshot()).forEach(out::println));
            run(environment, shop);
        }
        return 0;
    }

    private void run(Environment environment, Shop shop) throws Exception {
        var options = environment.parsedOptions();
        var runTime = (Duration) options.find("run-time").orElse(RUN_TIME);
        int users = (Integer) options.find("users").orElse(USERS);
        double spawnRate = (Double) options.find("spawn-rate").orElse(SPAWN_RATE);
        var stopped = new CountDownLatch(1);
        environment.events().testStop().addListener(_ -> stopped.countDown());
        var runner = environment.createLocalRunner();
        environment.init();
        out.printf(Locale.ROOT, "Katydid's demo: %d users against a shop on %s for %d s.%nCtrl-C ends it early.%n", users, shop.url(),
            runTime.toSeconds());
        runner.start(users, spawnRate);
        long end = System.nanoTime() + runTime.toNanos();
        while (!stopped.await(Math.min(TimeUnit.SECONDS.toNanos(PROGRESS_SECONDS), Math.max(1, end - System.nanoTime())),
            TimeUnit.NANOSECONDS)
            && System.nanoTime() < end) {
            progress(environment, runner, runTime, end);
        }
        runner.quit();
        runner.join();
    }

    private void progress(Environment environment, LocalRunner runner, Duration runTime, long end) {
        var total = environment.stats().total();
        long left = TimeUnit.NANOSECONDS.toSeconds(end - System.nanoTime());
        out.printf(Locale.ROOT, "%d of %d s: %d users, %.1f requests/s, p95 %.0f ms, %.1f %% failed%n", runTime.toSeconds() - left,
            runTime.toSeconds(),
            runner.userCount(), total.currentRps(), total.responseTimePercentile(0.95), total.failRatio() * 100);
    }
}
