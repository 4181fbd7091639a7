package io.katydid.kernel.run;

import io.katydid.api.KatydidException;
import io.katydid.api.LoadTestShape;
import io.katydid.api.StopTest;
import io.katydid.api.Tick;
import java.time.Duration;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks a load shape each second what should be true, on a thread of its own. */
final class ShapeTicker {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.runner");
    private final LoadTestShape shape;
    private final BiConsumer<ShapeTicker, Tick> change;
    private final Runnable end;
    private final Consumer<Throwable> failure;
    private final Thread thread;
    private volatile boolean cancelled;

    ShapeTicker(LoadTestShape shape, BiConsumer<ShapeTicker, Tick> change, Runnable end, Consumer<Throwable> failure) {
        this.shape = shape;
        this.change = change;
        this.end = end;
        this.failure = failure;
        thread = Thread.ofPlatform().daemon().name("katydid-shape").unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    void cancel() {
        cancelled = true;
        if (!Thread.currentThread().equals(thread)) thread.interrupt();
    }

    private void run() {
        try {
            @Nullable
            Tick last = null;
            while (!cancelled) {
                long begin = System.nanoTime();
                var tick = checked(shape.tick());
                if (tick.stop()) {
                    LOG.info("Shape test stopping");
                    end.run();
                    return;
                }
                if (!tick.equals(last)) {
                    LOG.info("Shape test updating to {} users at {} spawn rate", tick.userCount(),
                        String.format(Locale.ROOT, "%.2f", tick.spawnRate()));
                    change.accept(this, tick);
                    last = tick;
                }
                Thread.sleep(Duration.ofNanos(Math.max(0, 1_000_000_000L - (System.nanoTime() - begin))));
            }
        } catch (InterruptedException stopped) {
            LOG.debug("The shape was stopped");
        } catch (StopTest signal) {
            failure.accept(signal);
        } catch (Exception | Error problem) {
            if (cancelled) LOG.debug("The shape was stopped", problem);
            else failure.accept(problem);
        }
    }

    @SuppressWarnings("ConstantValue") private Tick checked(@Nullable Tick tick) {
        var name = shape.getClass().getSimpleName();
        if (tick == null) throw new KatydidException(name + ".tick() returned null. Return users(…) or stop().");
        if (tick.stop()) return tick;
        if (tick.userCount() < 0 || !(tick.spawnRate() > 0) || Double.isInfinite(tick.spawnRate())) {
            throw new KatydidException(name + ".tick() returned users(" + tick.userCount() + ", " + tick.spawnRate()
                + "): users cannot be negative, and the spawn rate is a number above 0. The run is stopped.");
        }
        return tick;
    }
}
