package io.katydid.api;

import io.katydid.api.spi.ShapeRuntime;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides each second how many users there should be. With a shape,
 * {@code --users}, {@code --spawn-rate} and {@code --run-time} are ignored.
 *
 * <pre>{@code
 * class Ramp extends LoadTestShape {
 *     @Override
 *     public Tick tick() {
 *         return runTime() < 60 ? users(100, 5) : stop();
 *     }
 * }
 * }</pre>
 *
 * <p>
 * {@code tick()} runs on a thread of the platform, about once per second, and
 * may block; a stage that a slow ramp outlives is not skipped.
 */
public abstract class LoadTestShape {
    private volatile @Nullable ShapeRuntime runtime;
    private volatile long startNanos = System.nanoTime();

    /** Makes a shape; the platform needs a constructor without arguments. */
    protected LoadTestShape() {
    }

    /**
     * Says what should be true now: {@link #users users(…)} or {@link #stop()}.
     * Negative or NaN values stop the run with an error.
     */
    public abstract Tick tick() throws Exception;

    /**
     * Tells the console to offer users, spawn rate and run time, because this shape
     * reads them itself. Default: false.
     */
    protected boolean useCommonOptions() {
        return false;
    }

    /**
     * Asks for this many users in all, reached at {@code spawnRate} users per
     * second; {@code only} limits the classes spawned from now on.
     */
    @SafeVarargs protected static Tick users(int users, double spawnRate, Class<? extends User>... only) {
        return new Tick(users, spawnRate, List.of(only), false);
    }

    /** Ends the test. The reference returns {@code None}. */
    protected static Tick stop() {
        return Tick.STOP;
    }

    /**
     * Gives the seconds since the test started or {@link #resetTime()}. The
     * reference's {@code get_run_time}.
     */
    protected final double runTime() {
        var bound = runtime;
        return ((bound == null ? System.nanoTime() : bound.nanoTime()) - startNanos) / 1e9;
    }

    /**
     * Gives the number of users now. The reference's
     * {@code get_current_user_count}.
     */
    protected final int currentUserCount() {
        var bound = runtime;
        return bound == null ? 0 : bound.environment().runner().userCount();
    }

    /** Starts the clock of {@link #runTime()} again. */
    protected final void resetTime() {
        var bound = runtime;
        startNanos = bound == null ? System.nanoTime() : bound.nanoTime();
    }

    /** Gives the environment of the run; only once the run was started. */
    protected final Environment environment() {
        var bound = runtime;
        if (bound == null) {
            throw new KatydidException(getClass().getName()
                + " asked for its environment before the run. Ask in tick(), not in the constructor.");
        }
        return bound.environment();
    }

    /** Binds the shape to a run and starts its clock. Called by the runner only. */
    public final void bind(ShapeRuntime runtime) {
        this.runtime = runtime;
        resetTime();
    }

    /**
     * Tells whether the shape reads the common options itself. Called by the
     * platform only.
     */
    public final boolean readsCommonOptions() {
        return useCommonOptions();
    }
}
