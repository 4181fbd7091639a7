package io.katydid.kernel;

import io.katydid.api.User;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Runs users in a real environment until a condition holds, and gives the environment for a look. */
final class Runs {
    static final List<String> LOG = new CopyOnWriteArrayList<>();

    /** Is less where mutants wait for what does not come. */
    private static final int SECONDS = Integer.getInteger("katydid.await.seconds", 20);

    private Runs() {}

    static KernelEnvironment until(BooleanSupplier condition, Class<? extends User> type) { return until(condition, 1, _ -> {}, type); }

    static KernelEnvironment until(BooleanSupplier condition, int users, Consumer<EnvironmentBuilder> settings,
        Class<? extends User> type) {
        LOG.clear();
        var builder = new EnvironmentBuilder().userClasses(List.of(type)).loops(1);
        settings.accept(builder);
        var environment = builder.build();
        var runner = environment.createLocalRunner();
        environment.init();
        runner.start(users, 1000);
        try {
            await(condition);
        } finally {
            runner.quit();
            environment.close();
        }
        return environment;
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(SECONDS).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end)
                throw new AssertionError("The condition did not come true within " + SECONDS + " s. Seen last: "
                    + LOG.subList(Math.max(0, LOG.size() - 20), LOG.size()));
            LockSupport.parkNanos(1_000_000);
        }
    }

    static boolean seen(int count) { return LOG.size() >= count; }
}
