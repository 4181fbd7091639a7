package shop;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** Is a script that holds its loop, in each of the five ways there are. Its package is not the platform's, as that of a script. */
public final class Blocks {
    private static final AtomicInteger NAMES = new AtomicInteger();

    private Blocks() {}

    /** Computes until the gate is open. */
    public static String burnCpu(Gate gate) {
        long rounds = 0;
        while (!gate.isOpen()) rounds++;
        return rounds > 0 ? "burnt" : "nothing burnt";
    }

    /** Reads what a child writes, which it does when the gate is open. */
    public static String readProcess(Gate gate) throws Exception {
        var child = new ProcessBuilder("cat").start();
        gate.then(() -> {
            child.getOutputStream().write("said".getBytes(StandardCharsets.UTF_8));
            child.getOutputStream().close();
        });
        return new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Reads a file that has nothing to give until the gate is open: a named pipe, which to the JDK is a file as any other. */
    public static String readFile(Gate gate, Path pipe) throws Exception {
        Thread.ofPlatform().daemon().start(() -> write(gate, pipe));
        return Files.readString(pipe);
    }

    private static void write(Gate gate, Path pipe) {
        // Opens at once, so that the reader blocks in its read, not already when it opens.
        try {
            var out = Files.newOutputStream(pipe);
            gate.then(() -> {
                out.write("read".getBytes(StandardCharsets.UTF_8));
                out.close();
            });
        } catch (Exception problem) {
            throw new AssertionError(problem);
        }
    }

    /** Looks up a name nobody has asked for before; {@link SlowNames} answers when the gate is open. */
    public static String lookUp(Gate gate) throws Exception {
        return InetAddress.getByName(SlowNames.name(gate, NAMES.incrementAndGet())).getHostAddress();
    }

    /** Is initialised when the gate is open. */
    public static final class FirstUse {
        /** The gate: a static initialiser takes no argument. */
        public static volatile Gate gate = new Gate();

        private FirstUse() {}

        /** On a loop. */
        public static final class OnLoop {
            static final String VALUE = burnCpu(gate);
        }

        /** In the pool for blocking work. */
        public static final class InPool {
            static final String VALUE = burnCpu(gate);
        }

        /** On the fallback. */
        public static final class OnFallback {
            static final String VALUE = burnCpu(gate);
        }

        /** On the fallback, in the pool. */
        public static final class InPoolOfFallback {
            static final String VALUE = burnCpu(gate);
        }

        /** On the fallback, alone among threads that are free. */
        public static final class Alone {
            static final String VALUE = burnCpu(gate);
        }
    }

    /** Uses a class for the first time. */
    public static String initialise(Gate gate, Class<?> type) throws Exception {
        FirstUse.gate = gate;
        var field = type.getDeclaredField("VALUE");
        return (String) field.get(null);
    }

    /** Waits in a static initialiser for a user that would have to run on the same loop. */
    public static final class Deadlock {
        private static volatile BiConsumer<String, Runnable> spawn = (_, _) -> {};

        private Deadlock() {}

        /** Enters it and says how it got out. */
        public static String enter(BiConsumer<String, Runnable> onLoop) {
            spawn = onLoop;
            return Trap.OUT;
        }

        private static final class Trap {
            static final String OUT;

            static {
                var done = new CountDownLatch(1);
                spawn.accept("helper", done::countDown);
                String out;
                try {
                    done.await();
                    out = "helped";
                } catch (InterruptedException freed) {
                    out = "interrupted";
                }
                OUT = out;
            }
        }
    }
}
