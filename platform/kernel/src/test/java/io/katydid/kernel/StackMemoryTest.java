package io.katydid.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.Task;
import io.katydid.api.User;
import io.katydid.api.WaitTime;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * Looks at what the saved stacks of waiting users take: a call that was deep is over, and its room is not to stay. Runs without the JIT in a JVM of its own:
 * which frames the JIT joins, and so how the JDK cuts a stack into pieces, depends on what the JVM did before.
 */
class StackMemoryTest {
    private static final int USERS = 300;
    private static final int CALLS = 20;
    private static final int DEPTH = 150;
    private static final AtomicInteger CALLED = new AtomicInteger();
    private static final AtomicInteger RESTING = new AtomicInteger();
    private static volatile boolean collected;

    /** Waits deep within its first tasks; when those of all are old, it waits twice more without, and then long. */
    public static final class Deep extends User {
        private int calls;
        private int light;

        @Override protected WaitTime waitTime() { return () -> light < 2 ? 0.005 : 600; }

        @Task void call() {
            if (collected) {
                if (++light == 2) RESTING.incrementAndGet();
            } else if (++calls <= CALLS) {
                deeper(DEPTH);
                CALLED.incrementAndGet();
            }
        }

        private static int deeper(int levels) {
            if (levels > 0) return 1 + deeper(levels - 1);
            LockSupport.parkNanos(1_000_000);
            return 0;
        }
    }

    private record Saved(long stacks, long bytes) {
        static Saved now() throws Exception {
            var histogram = (String) ManagementFactory.getPlatformMBeanServer().invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"), "gcClassHistogram", new Object[]{new String[0]},
                new String[]{String[].class.getName()});
            var words = histogram.lines().filter(line -> line.contains("jdk.internal.vm.StackChunk")).findFirst().orElseThrow().strip()
                .split("\\s+");
            return new Saved(Long.parseLong(words[1]), Long.parseLong(words[2]));
        }
    }

    @Test void aUserThatWaitsKeepsNothingOfTheDepthOfItsTasks() throws Exception {
        var saved = inAJvmOfItsOwn();
        System.out.printf("%d users that wait: %d stacks of %d bytes%n", USERS, saved.stacks, saved.bytes);
        assertThat(saved.stacks).as("one for what lies below all tasks, one for the wait").isBetween(2L * USERS, 2 * USERS + USERS / 2L);
        // One frame of the task takes at least 48 bytes.
        assertThat(saved.bytes / USERS).isLessThan(DEPTH * 48);
    }

    private static Saved inAJvmOfItsOwn() throws Exception {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var child = new ProcessBuilder(java, "-Xint", "-Xmx256m", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders",
            "--add-opens=java.base/java.lang=ALL-UNNAMED", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"), Waiting.class.getName()).redirectErrorStream(true).start();
        try {
            var text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor()).as(text).isZero();
            var words = text.lines().filter(line -> line.startsWith("saved ")).findFirst().orElseThrow(() -> new AssertionError(text))
                .split(" ");
            return new Saved(Long.parseLong(words[1]), Long.parseLong(words[2]));
        } finally {
            child.destroyForcibly();
        }
    }

    /** Lets users call deep until what that saved is old, and then wait; says what is saved now. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String... arguments) throws Exception {
            try (var environment = new EnvironmentBuilder().userClasses(List.of(Deep.class)).loops(1).build()) {
                var runner = environment.createLocalRunner();
                environment.init();
                runner.start(USERS, USERS);
                for (int part = 1; part <= 4; part++) {
                    int calls = USERS * CALLS * part / 4;
                    Runs.await(() -> CALLED.get() >= calls);
                    // Makes what is saved now old, which the JDK leaves where it is and saves the next beside.
                    System.gc();
                }
                collected = true;
                Runs.await(() -> RESTING.get() == USERS);
                var saved = Saved.now();
                System.out.println("saved " + saved.stacks + " " + saved.bytes);
            }
        }
    }
}
