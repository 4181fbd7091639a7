package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import shop.Blocks;
import shop.Gate;

/** Starts JVMs with other flags than the launcher's, and reads what they say. */
class FlagsTest {
    private static final String OPENS = "--add-opens=java.base/java.lang=ALL-UNNAMED";
    @TempDir Path folder;

    @Test void withoutFlagsUsersRunOnTheDefaultScheduler() throws Exception {
        assertThat(java(List.of(), Probe.class))
            .anySatisfy(line -> assertThat(line).startsWith("INFO katydid.carrier: Users run on the JDK's default scheduler")
                .contains("IllegalAccessException", OPENS, "-Djdk.virtualThreadScheduler.parallelism=1"))
            .contains("real false", "slept", "blocked 42", "hopped");
    }

    @Test void oneFlagIsEnough() throws Exception {
        assertThat(java(List.of(OPENS), Probe.class)).contains("real true", "slept", "blocked 42", "hopped")
            .noneMatch(line -> line.contains("default scheduler"));
    }

    /** As the fallback's line advises: with one thread for all users, each user that holds it is reported. */
    @Test void withOneThreadForAllUsersEachHolderIsReported() throws Exception {
        var pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).as("mkfifo").isZero();
        var lines = java(List.of("-Djdk.virtualThreadScheduler.parallelism=1", "--enable-native-access=ALL-UNNAMED"), Holders.class,
            pipe.toString());
        var stall = "The JDK's default scheduler did not turn for \\d+ ms at shop\\.%s\\(\\w+\\.java:\\d+\\): all its users waited\\. "
            + "Put such work into blocking\\(…\\)\\.";
        assertThat(lines.stream().filter(line -> !line.startsWith("INFO")).toList()).satisfiesExactly(
            line -> assertThat(line).matches("cpu: " + stall.formatted("Blocks\\.burnCpu")),
            line -> assertThat(line).isEqualTo("cpu: burnt"),
            line -> assertThat(line).matches("file: " + stall.formatted("Blocks\\.readFile")),
            line -> assertThat(line).isEqualTo("file: read"),
            line -> assertThat(line).matches("name: " + stall.formatted("SlowNames\\.block")),
            line -> assertThat(line).isEqualTo("name: 127.0.0.9"),
            line -> assertThat(line).matches("class: " + stall.formatted("Blocks\\.burnCpu")),
            line -> assertThat(line).isEqualTo("class: burnt"),
            line -> assertThat(line).isEqualTo("process: said"));
    }

    private static List<String> java(List<String> flags, Class<?> main, String... arguments) throws Exception {
        var command = new ArrayList<String>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(List.of("-Xmx128m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Dstdout.encoding=UTF-8"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        var child = new ProcessBuilder(command).redirectErrorStream(true).start();
        try {
            var text = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            assertThat(child.exitValue()).as(text).isZero();
            return text.lines().toList();
        } finally {
            child.destroyForcibly();
        }
    }

    /** Does in a JVM of its own what tells real loops from the fallback. */
    static final class Probe {
        private Probe() {}

        public static void main(String... arguments) throws Exception {
            try (var carriers = Carriers.open(CarrierOptions.defaults().withLoops(1))) {
                say("real " + carriers.real());
                var carrier = carriers.next();
                carrier.spawn("user", () -> {
                    long begin = System.nanoTime();
                    LockSupport.parkNanos(5_000_000);
                    if (System.nanoTime() - begin >= 5_000_000) say("slept");
                    say("blocked " + carriers.blocking(() -> 42));
                    var hopped = new CountDownLatch(1);
                    carrier.execute(hopped::countDown);
                    try {
                        if (hopped.await(5, TimeUnit.SECONDS)) say("hopped");
                    } catch (InterruptedException stopped) {
                        Thread.currentThread().interrupt();
                    }
                }).join();
            }
        }
    }

    /** Holds the only thread of the default scheduler, in each way, until that is reported. */
    static final class Holders {
        private Holders() {}

        private interface Way { String hold(Gate gate) throws Exception; }

        public static void main(String... arguments) throws Exception {
            hold("cpu", Blocks::burnCpu);
            hold("file", gate -> Blocks.readFile(gate, Path.of(arguments[0])));
            hold("name", Blocks::lookUp);
            hold("class", gate -> Blocks.initialise(gate, Blocks.FirstUse.OnFallback.class));
            // For the output of a process the JDK adds a thread, so nothing is reported: the gate is opened by a sibling that goes on.
            hold("process", gate -> {
                Thread.ofVirtual().start(gate::open);
                return Blocks.readProcess(gate);
            });
        }

        private static void hold(String name, Way way) throws Exception {
            var gate = new Gate();
            var result = new AtomicReference<String>("nothing");
            try (var carriers = Carriers.open(CarrierOptions.defaults().withLoops(1).withOnStall(stall -> {
                // On a machine that is busy otherwise there may be more.
                if (!stall.stackOfUser().contains("shop.")) return;
                say(name + ": " + stall.text());
                gate.open();
            }))) {
                carriers.next().spawn(name, () -> {
                    try {
                        result.set(way.hold(gate));
                    } catch (Exception problem) {
                        result.set(problem.toString());
                    }
                }).join();
            }
            say(name + ": " + result.get());
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
