package io.katydid.carrier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import shop.Blocks;
import shop.Gate;

/** Holds a loop in each of the five ways a script can: what the tester is told, and that everybody else goes on afterwards. */
class WatchdogTest {
    private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();
    @TempDir static Path folder;
    private static Path pipe;

    @BeforeAll static void makePipe() throws Exception {
        pipe = folder.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).as("mkfifo").isZero();
    }

    /** What a script may do, where its stack shows it, and what comes out of it in the end. */
    private enum Block {
        CPU("burnCpu", "shop.Blocks.burnCpu", "burnt") {
            @Override String run(Gate gate, Class<?> fresh) { return Blocks.burnCpu(gate); }
        },
        PROCESS_OUTPUT("readProcess", "java.lang.Process$PipeInputStream.read", "said") {
            @Override String run(Gate gate, Class<?> fresh) throws Exception { return Blocks.readProcess(gate); }
        },
        FILE("readFile", "java.nio.file.Files.readString", "read") {
            @Override String run(Gate gate, Class<?> fresh) throws Exception { return Blocks.readFile(gate, pipe); }
        },
        NAME("block", "java.net.InetAddress.getByName", "127.0.0.9") {
            @Override String run(Gate gate, Class<?> fresh) throws Exception { return Blocks.lookUp(gate); }
        },
        CLASS("burnCpu", ".<clinit>", "burnt") {
            @Override String run(Gate gate, Class<?> fresh) throws Exception { return Blocks.initialise(gate, fresh); }
        };

        final String at;
        final String onStack;
        final String result;

        Block(String at, String onStack, String result) {
            this.at = at;
            this.onStack = onStack;
            this.result = result;
        }

        abstract String run(Gate gate, Class<?> fresh) throws Exception;
    }

    @ParameterizedTest
    @EnumSource void isReportedOnALoop(Block block) throws Exception {
        try (var scene = new Scene(false)) {
            var held = scene.user(gate -> block.run(gate, Blocks.FirstUse.OnLoop.class));
            var stall = scene.firstStall();
            assertThat(stall.place()).isEqualTo("Loop 0");
            tellsWhatAndWhere(stall, block);
            scene.gate.open();
            assertThat(held.get(10, TimeUnit.SECONDS)).isEqualTo(block.result);
            scene.siblingsGoOn();
            assertThat(scene.ofTheScript()).as("said once").hasSize(1);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "PROCESS_OUTPUT") void isReportedOnTheFallbackWhenItHoldsAllThreads(Block block)
        throws Exception {
        try (var scene = new Scene(true)) {
            var held = new ArrayList<CompletableFuture<String>>();
            // A named pipe has one reader; the others hold their threads in another way.
            held.add(scene.user(gate -> block.run(gate, Blocks.FirstUse.OnFallback.class)));
            for (int i = 1; i < PROCESSORS; i++) {
                held.add(scene.user(gate -> (block == Block.FILE ? Block.CPU : block).run(gate, Blocks.FirstUse.OnFallback.class)));
            }
            var stall = scene.firstStall();
            assertThat(stall.place()).isEqualTo("The JDK's default scheduler");
            assertThat(stall.text()).startsWith("The JDK's default scheduler did not turn for ")
                .contains("Put such work into blocking(…).");
            assertThat(stall.stackOfUser()).contains("shop.Blocks");
            scene.gate.open();
            for (var user : held) assertThat(user.get(10, TimeUnit.SECONDS)).isIn(block.result, Block.CPU.result);
            scene.siblingsGoOn();
            assertThat(scene.ofTheScript()).as("said once").hasSize(1);
        }
    }

    /** For the output of a process, alone of the five, the JDK adds a thread to its scheduler: the users go on, so there is nothing to say. */
    @Test void readingOutputOnTheFallbackIsNotReported() throws Exception {
        int reported = 0;
        // On a busy machine that thread may come so late that the users really wait for once.
        for (int attempt = 0; attempt < 3; attempt++) {
            try (var scene = new Scene(true)) {
                var others = IntStream.range(1, PROCESSORS).mapToObj(_ -> scene.user(Blocks::readProcess)).toList();
                staysHeld(scene, Block.PROCESS_OUTPUT, scene.user(Blocks::readProcess));
                for (var user : others) assertThat(user.get(10, TimeUnit.SECONDS)).isEqualTo(Block.PROCESS_OUTPUT.result);
                if (scene.ofTheScript().isEmpty()) return;
                reported++;
            }
        }
        assertThat(reported).as("attempts that were reported, of 3").isLessThan(3);
    }

    /** One of several threads is held: the users go on, so there is nothing to say. */
    @ParameterizedTest
    @EnumSource void isNotReportedOnTheFallbackWhenAThreadIsFree(Block block) throws Exception {
        Assumptions.assumeTrue(PROCESSORS > 1, "one processor: any of them holds all threads");
        try (var scene = new Scene(true)) {
            goesOn(scene, block, scene.user(gate -> block.run(gate, Blocks.FirstUse.Alone.class)));
        }
    }

    @ParameterizedTest
    @EnumSource void isNotReportedWithinBlocking(Block block) throws Exception {
        try (var scene = new Scene(false)) {
            goesOn(scene, block,
                scene.user(gate -> scene.carriers.blocking(() -> block.run(gate, Blocks.FirstUse.InPool.class))));
        }
    }

    @ParameterizedTest
    @EnumSource void isNotReportedWithinBlockingOnTheFallback(Block block) throws Exception {
        try (var scene = new Scene(true)) {
            goesOn(scene, block,
                scene.user(gate -> scene.carriers.blocking(() -> block.run(gate, Blocks.FirstUse.InPoolOfFallback.class))));
        }
    }

    /** A park inside a static initialiser cannot leave its carrier, and who could end it waits for that carrier. */
    @Test void aUserThatParkedItsLoopForGoodIsFreed() throws Exception {
        try (var scene = new Scene(false)) {
            var held = scene.user(_ -> Blocks.Deadlock.enter(scene.carrier::spawn));
            assertThat(held.get(10, TimeUnit.SECONDS)).isEqualTo("interrupted");
            assertThat(scene.firstStall().text()).contains("at shop.Blocks$Deadlock$Trap.<clinit>");
            scene.siblingsGoOn();
        }
    }

    @Test void aListenerThatFailsHearsOfTheNextOne() throws Exception {
        var heard = new CopyOnWriteArrayList<Gate>();
        var gates = List.of(new Gate(), new Gate());
        try (var log = new LogLines(); var carriers = Carriers.open(CarrierOptions.defaults().withLoops(1).withOnStall(_ -> {
            heard.add(gates.get(heard.size()));
            heard.getLast().open();
            throw new IllegalStateException("on purpose");
        }))) {
            for (var gate : gates) carriers.next().spawn("holder", () -> Blocks.burnCpu(gate)).join();
            await("both stalls").until(() -> heard.size() == 2);
            assertThat(log.at(Level.ERROR)).isNotEmpty().containsOnly("A stall could not be reported");
        }
    }

    private static void goesOn(Scene scene, Block block, CompletableFuture<String> held) throws Exception {
        staysHeld(scene, block, held);
        assertThat(scene.ofTheScript()).isEmpty();
    }

    private static void staysHeld(Scene scene, Block block, CompletableFuture<String> held) throws Exception {
        long before = scene.turns.get();
        await("three times as long as is reported").until(() -> scene.turns.get() >= before + 300);
        assertThat(held).as("still held").isNotDone();
        scene.gate.open();
        assertThat(held.get(10, TimeUnit.SECONDS)).isEqualTo(block.result);
        scene.siblingsGoOn();
    }

    private static void tellsWhatAndWhere(Stall stall, Block block) {
        assertThat(stall.text())
            .matches(Pattern.quote(stall.place()) + " did not turn for \\d{3,4} ms at shop\\.(Blocks|SlowNames)\\." + block.at
                + "\\((Blocks|SlowNames)\\.java:\\d+\\): all its users waited\\. Put such work into blocking\\(…\\)\\.");
        assertThat(stall.standstill()).isGreaterThanOrEqualTo(Duration.ofMillis(100));
        assertThat(stall.stackOfUser().lines()).as(stall.stackOfUser()).anyMatch(line -> line.contains(block.onStack))
            .anyMatch(line -> line.startsWith("    at ") && line.contains("shop.Blocks."));
    }

    @FunctionalInterface
    private interface Body {
        String run(Gate gate) throws Exception;
    }

    /** Is one loop with two siblings that count their turns, and a gate for who holds it. */
    private static final class Scene implements AutoCloseable {
        final List<Stall> stalls = new CopyOnWriteArrayList<>();
        final Gate gate = new Gate();
        final AtomicLong turns = new AtomicLong();
        final Carriers carriers;
        private final AtomicBoolean stop = new AtomicBoolean();
        private final Carrier carrier;

        Scene(boolean fallback) {
            carriers = Carriers
                .open(CarrierOptions.defaults().withLoops(1).withForceFallback(fallback).withName("watched").withOnStall(stalls::add));
            assertThat(carriers.real()).isEqualTo(!fallback);
            carrier = carriers.next();
            for (int i = 0; i < 2; i++) carrier.spawn("sibling " + i, this::turn);
            await("the siblings").until(() -> turns.get() > 100);
        }

        private void turn() {
            while (!stop.get()) {
                turns.incrementAndGet();
                LockSupport.parkNanos(1_000_000);
            }
        }

        CompletableFuture<String> user(Body body) {
            var result = new CompletableFuture<String>();
            carrier.spawn("holder", () -> {
                try {
                    result.complete(body.run(gate));
                } catch (Throwable problem) {
                    result.completeExceptionally(problem);
                }
            });
            return result;
        }

        /** Those that show the script: on a machine that is busy otherwise there may be more. */
        List<Stall> ofTheScript() {
            return stalls.stream().filter(stall -> stall.stackOfUser().contains("shop.")).toList();
        }

        Stall firstStall() {
            await("a stall").until(() -> !ofTheScript().isEmpty());
            return ofTheScript().getFirst();
        }

        void siblingsGoOn() {
            long now = turns.get();
            await("the siblings, afterwards").until(() -> turns.get() > now + 20);
        }

        @Override public void close() {
            gate.open();
            stop.set(true);
            carriers.close();
        }
    }

}
