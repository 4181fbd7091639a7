package io.katydid.kernel;

import io.katydid.api.ThrowingRunnable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Is the {@code init} of one plugin on a thread of its own: one that blocks holds nobody up for ever. */
final class PluginInit {
    private final FutureTask<Boolean> task;
    private final Thread thread;
    private final AtomicBoolean left = new AtomicBoolean();

    /** Begins; {@code late} is called on the same thread after an end that nobody waited for. */
    PluginInit(String owner, ThrowingRunnable init, Runnable late) {
        task = new FutureTask<>(() -> {
            init.run();
            return true;
        });
        thread = Thread.ofPlatform().daemon().name("katydid-init-" + owner).start(() -> {
            task.run();
            if (!left.compareAndSet(false, true)) late.run();
        });
    }

    /** Waits for the end; true when it came in time. */
    boolean await(long seconds) throws InterruptedException {
        try {
            task.get(seconds, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException failed) {
            return true;
        } catch (TimeoutException blocked) {
            // An end in this very moment is one in time.
            return !left.compareAndSet(false, true) || task.isDone();
        }
    }

    /** Gives what it threw; null when it returned. */
    @Nullable Throwable problem() {
        return task.state() == FutureTask.State.FAILED ? task.exceptionNow() : null;
    }

    /** Says where it is, for the author of the plugin. */
    String place() {
        for (var frame : thread.getStackTrace()) {
            var type = frame.getClassName();
            if (!type.startsWith("java.") && !type.startsWith("jdk.") && !type.startsWith("sun.") && !type.startsWith("io.katydid.kernel."))
                return frame.toString();
        }
        return "an unknown place";
    }

    /** Asks it to end. */
    void interrupt() {
        thread.interrupt();
    }
}
