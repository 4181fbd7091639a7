package io.katydid.launcher;

import io.katydid.api.Command;
import io.katydid.api.LoadTestShape;
import io.katydid.api.MasterRunner;
import io.katydid.api.Runner;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.cluster.ClusterOptions;
import io.katydid.cluster.NoMaster;
import io.katydid.kernel.KernelEnvironment;
import io.katydid.kernel.options.KernelOptions;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs a test from {@code Plugin.init} to the exit code. It ends by time, by a signal, by its shape, or because somebody quit the runner. */
final class RunFlow {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private static final List<Option<?>> IGNORED_WITH_SHAPE = List.of(KernelOptions.RUN_TIME, KernelOptions.USERS,
        KernelOptions.SPAWN_RATE);
    private final KernelEnvironment environment;
    private final ParsedOptions options;
    private final boolean headless;
    private final Role role;
    private final BiFunction<Integer, List<String>, Children> children;
    private final Consumer<Runnable> signals;
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Keeps nothing of the script: that may be replaced meanwhile. */
    RunFlow(KernelEnvironment environment, boolean headless, Consumer<Runnable> signals,
        BiFunction<Integer, List<String>, Children> children) {
        this.children = children;
        this.environment = environment;
        this.headless = headless;
        this.signals = signals;
        options = environment.parsedOptions();
        role = Role.of(options);
    }

    /** Runs a bundle's verb; what it started is shut down as any run is. */
    int command(Command command) throws Exception {
        signals.accept(() -> Thread.ofPlatform().name("katydid-end").start(this::quit));
        int code = command.run(environment);
        int decided = environment.shutdown(onError());
        return code == 0 ? decided : code;
    }

    private void quit() {
        environment.shutdown(onError());
    }

    private int onError() { return options.get(KernelOptions.EXIT_CODE_ON_ERROR); }

    int run(InputStream keys) {
        boolean autostart = options.get(KernelOptions.AUTOSTART);
        if (options.get(KernelOptions.AUTOQUIT) >= 0 && !autostart) {
            throw new Refusal(ExitCode.NOT_STARTED,
                "--autoquit is only meaningful in combination with --autostart. Add --autostart, or leave --autoquit out.");
        }
        if (headless && !options.get(KernelOptions.HEADLESS) && role != Role.WORKER)
            LOG.info("There is no web console among the bundles: the test runs as with --headless.");
        if (headless && options.get(KernelOptions.HEADLESS) && autostart) LOG.info("Option --autostart is implied by --headless.");
        var starting = new AtomicReference<@Nullable Thread>(Thread.currentThread());
        signals.accept(() -> {
            ended.countDown();
            // A worker may be waiting for its master.
            Optional.ofNullable(starting.get()).filter(_ -> role == Role.WORKER).ifPresent(Thread::interrupt);
        });
        var runner = createRunner();
        starting.set(null);
        if (!headless) environment.createWebUI();
        environment.init();
        watch(runner);
        if (role == Role.LOCAL || role == Role.WORKER) GivingWay.watch(runner::state, ended);
        if (role == Role.WORKER) Children.watchParent(ended::countDown);
        // Workers that were started here say all they did before they are ended.
        try (var started = children(runner)) {
            during(runner, started, keys);
            return environment.shutdown(onError());
        }
    }

    private void during(Runner runner, Children started, InputStream keys) {
        var terminal = RawTerminal.open();
        try {
            if (role != Role.WORKER) terminal.ifPresent(_ -> new Keys(runner).listen(keys));
            OpenFiles.limit().stream().boxed()
                .flatMap(limit -> OpenFiles.warning(limit, options.find(KernelOptions.USERS).orElse(1)).stream())
                .forEach(LOG::warn);
            OldGeneration.watch();
            YoungGeneration.watch(ended);
            boolean starts = role != Role.WORKER && (headless || options.get(KernelOptions.AUTOSTART));
            if (starts && expectedAreReady(runner, started)) start(runner);
            ended.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            terminal.ifPresent(RawTerminal::close);
        }
    }

    private Runner createRunner() {
        return switch (role) {
            case MASTER -> environment.createMasterRunner(options.get(ClusterOptions.MASTER_BIND_HOST),
                options.get(ClusterOptions.MASTER_BIND_PORT));
            case WORKER -> createWorker();
            case LOCAL, PARENT -> environment.createLocalRunner();
        };
    }

    private Runner createWorker() {
        try {
            return environment.createWorkerRunner(options.get(ClusterOptions.MASTER_HOST), options.get(ClusterOptions.MASTER_PORT));
        } catch (NoMaster inVain) {
            throw new Refusal(ExitCode.REFUSED, String.valueOf(inVain.getMessage()));
        }
    }

    private Children children(Runner runner) {
        if (!(runner instanceof MasterRunner master)) return Children.none();
        return children.apply(Role.children(options),
            List.of(ClusterOptions.MASTER_HOST.name(), "127.0.0.1", ClusterOptions.MASTER_PORT.name(), String.valueOf(master.port())));
    }

    /** Waits for the workers that the test needs. */
    private boolean expectedAreReady(Runner runner, Children started) throws InterruptedException {
        return !(runner instanceof MasterRunner master) || new ExpectedWorkers(master, options, started).await(ended);
    }

    /** Ends the run when the runner has quit, whoever did it. */
    private void watch(Runner runner) {
        Thread.ofPlatform().daemon().name("katydid-watch").start(() -> {
            try {
                runner.join();
                ended.countDown();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private void start(Runner runner) {
        var shape = environment.shapeClass();
        if (shape.isPresent()) {
            warnOfIgnored(shape.get());
            environment.events().testStop().addListener(_ -> shapeEnded(runner));
            runner.startShape();
            return;
        }
        options.find(KernelOptions.RUN_TIME).ifPresentOrElse(time -> LOG.info("Run time limit set to {} seconds", time.toSeconds()),
            () -> LOG.info("No run time limit set, use CTRL+C to interrupt"));
        runner.start(options.find(KernelOptions.USERS).orElse(1), options.find(KernelOptions.SPAWN_RATE).orElse(1.0));
        // Listeners of testStart have done their work by now: it is not taken from the users' time.
        long begin = System.nanoTime();
        options.find(KernelOptions.RUN_TIME).filter(Duration::isPositive)
            .ifPresent(time -> limit(runner, begin + time.toNanos()));
    }

    private void warnOfIgnored(LoadTestShape shape) {
        if (shape.readsCommonOptions()) return;
        var ignored = IGNORED_WITH_SHAPE.stream().filter(option -> options.find(option).isPresent()).map(Option::name).toList();
        if (ignored.isEmpty()) return;
        LOG.warn("--run-time, --users or --spawn-rate have no impact on a load shape unless it reads them itself; {} does not.",
            shape.getClass().getSimpleName());
        LOG.warn("The following option(s) will be ignored: {}", String.join(", ", ignored));
    }

    private void shapeEnded(Runner runner) {
        if (!environment.shapeCompleted()) return;
        LOG.info("Shape test completed, {}", headless ? "shutting down" : "stopping test");
        if (!headless) Thread.ofPlatform().daemon().name("katydid-autoquit").start(() -> autoquit(runner));
    }

    private void autoquit(Runner runner) {
        try {
            afterwards(runner);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private void limit(Runner runner, long deadline) {
        Thread.ofPlatform().daemon().name("katydid-run-time").start(() -> {
            try {
                if (ended.await(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS)) return;
                LOG.info("--run-time limit reached, {}", headless ? "shutting down" : "stopping test");
                if (!headless) afterwards(runner);
                if (headless) ended.countDown();
            } catch (InterruptedException closed) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Ends a run that has a console: the test stops, the process when {@code --autoquit} says so. */
    private void afterwards(Runner runner) throws InterruptedException {
        runner.stop();
        int seconds = options.get(KernelOptions.AUTOQUIT);
        if (seconds < 0) {
            LOG.info("--autoquit not specified, leaving web ui running indefinitely");
            return;
        }
        if (!ended.await(seconds, TimeUnit.SECONDS)) LOG.info("--autoquit time reached, shutting down");
        ended.countDown();
    }
}
