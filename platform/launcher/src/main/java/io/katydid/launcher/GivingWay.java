package io.katydid.launcher;

import io.katydid.api.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the threads that only serve a test wait for the loops that run it, by a higher nice value. A loop that wakes has to wait for its turn, up to some ticks of
 * 4 ms, where it has had its fair share of the core already; beside somebody so nice it never has. The compilers follow when what a test does often is
 * compiled: until then a loop that saturates its core would keep them from what makes it fast. Only in the process of the program, for another's threads are
 * not Katydid's to order; and only on Linux, where a nice value is a thread's.
 */
final class GivingWay {
    /** Leaves a tenth of the core to who has it, beside a loop that needs all. */
    static final int NICE = 10;
    private static final Duration EVERY = Duration.ofSeconds(5);
    private static final Duration COMPILING = Duration.ofSeconds(30);
    /**
     * Are the first 15 characters of the threads' names, which is what the kernel keeps. Not the one that starts plugins: a thread is as nice as who made it, and a
     * plugin's may do the input and output of users.
     */
    private static final Set<String> SERVE = Set.of("katydid-reporte", "katydid-second");
    private static final Set<String> COMPILE = Set.of("C1 CompilerThre", "C2 CompilerThre");
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private final Path threads;
    private final IntConsumer nicer;
    private final Group serving = new Group(SERVE);
    private final Group compiling = new Group(COMPILE);
    private Duration ran = Duration.ZERO;

    /** Takes the folder with a folder for each thread of the process, and who makes one nicer. */
    GivingWay(Path threads, IntConsumer nicer) {
        this.threads = threads;
        this.nicer = nicer;
    }

    /** Looks after the threads of this process until it ends. */
    static void watch(Supplier<State> state, CountDownLatch ended) {
        var threads = Path.of("/proc/self/task");
        if (Files.isDirectory(threads)) Thread.ofPlatform().daemon().name("katydid-giving-way").start(() -> watch(threads, state, ended));
    }

    private static void watch(Path threads, Supplier<State> state, CountDownLatch ended) {
        try {
            var niceness = new Niceness();
            var way = new GivingWay(threads, thread -> niceness.raise(thread, NICE));
            do way.look(state.get());
            while (!ended.await(EVERY.toSeconds(), TimeUnit.SECONDS));
        } catch (IOException | UnsupportedOperationException | IllegalStateException none) {
            // A sandbox, perhaps; the loops only wait a little longer for their core.
            LOG.debug("The threads that serve a test do not give way to its loops: {}", none.toString());
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Takes one of the looks, which are five seconds apart: who should give way and is new does so from now on. */
    void look(State state) throws IOException {
        if (state == State.SPAWNING || state == State.RUNNING) ran = ran.plus(EVERY);
        try (var all = Files.list(threads)) {
            var now = all.map(thread -> thread.getFileName().toString()).collect(Collectors.toSet());
            serving.look(now);
            if (ran.compareTo(COMPILING) > 0) compiling.look(now);
        }
    }

    /** Is the threads of some names. */
    private final class Group {
        private final Set<String> names;
        private final Set<String> seen = new HashSet<>();

        Group(Set<String> names) {
            this.names = names;
        }

        void look(Set<String> now) {
            seen.retainAll(now);
            for (var thread : now) if (seen.add(thread) && names.contains(name(thread))) nicer.accept(Integer.parseInt(thread));
        }
    }

    private String name(String thread) {
        try {
            return Files.readString(threads.resolve(thread).resolve("comm")).strip();
        } catch (IOException ended) {
            return "";
        }
    }
}
