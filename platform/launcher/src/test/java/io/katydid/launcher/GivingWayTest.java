package io.katydid.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.katydid.api.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks at a folder made like {@code /proc/self/task}, and for one thread at the true one. */
class GivingWayTest {
    /** Counts the name, which may hold spaces, out: the third field is the first after it. */
    private static final int NICE = 19 - 3;
    @TempDir Path threads;
    private final List<Integer> nicer = new ArrayList<>();

    @Test void whoServesGivesWayAtOnceAndOnlyOnce() throws IOException {
        thread(1, "java");
        thread(2, "katydid-reporte");
        thread(3, "katydid-carrier");
        thread(4, "katydid-second");
        thread(5, "C2 CompilerThre");
        thread(6, "katydid-plugins");
        thread(7, "katydid-backgro");
        var way = new GivingWay(threads, nicer::add);
        way.look(State.READY);
        way.look(State.READY);
        assertThat(nicer).containsExactlyInAnyOrder(2, 4);
    }

    @Test void compilersFollowAfterHalfAMinuteOfATest() throws IOException {
        thread(5, "C1 CompilerThre");
        thread(6, "C2 CompilerThre");
        thread(7, "katydid-second");
        var way = new GivingWay(threads, nicer::add);
        for (int look = 0; look < 20; look++) way.look(State.READY);
        way.look(State.SPAWNING);
        for (int look = 0; look < 5; look++) way.look(State.RUNNING);
        assertThat(nicer).as("after 30 s of it").containsExactly(7);
        way.look(State.RUNNING);
        assertThat(nicer).containsExactlyInAnyOrder(7, 5, 6);
        way.look(State.STOPPED);
        assertThat(nicer).hasSize(3);
    }

    @Test void whoComesLaterGivesWayToo() throws IOException {
        thread(2, "katydid-reporte");
        var way = new GivingWay(threads, nicer::add);
        way.look(State.RUNNING);
        Files.delete(threads.resolve("2/comm"));
        Files.delete(threads.resolve("2"));
        thread(8, "katydid-reporte");
        Files.createDirectory(threads.resolve("9"));
        way.look(State.RUNNING);
        assertThat(nicer).as("9 ends while it is looked at").containsExactly(2, 8);
        // The kernel uses ids again.
        thread(2, "katydid-reporte");
        way.look(State.RUNNING);
        assertThat(nicer).containsExactly(2, 8, 2);
    }

    @Test void theKernelTakesANiceValueUpToTheGreatest() throws Exception {
        assumeTrue(Files.isDirectory(Path.of("/proc/self/task")), "no Linux, where a thread has a nice value of its own");
        var id = new CompletableFuture<Integer>();
        var end = new CountDownLatch(1);
        var one = Thread.ofPlatform().daemon().start(() -> {
            try {
                id.complete(Integer.parseInt(Files.readSymbolicLink(Path.of("/proc/thread-self")).getFileName().toString()));
                end.await();
            } catch (IOException | InterruptedException odd) {
                id.completeExceptionally(odd);
            }
        });
        int before = nice(id.get());
        var niceness = new Niceness();
        assertThat(niceness.raise(id.get(), 4)).isTrue();
        assertThat(nice(id.get())).isEqualTo(Math.min(19, before + 4));
        assertThat(niceness.raise(id.get(), 40)).isTrue();
        assertThat(nice(id.get())).isEqualTo(19);
        end.countDown();
        one.join();
    }

    private static int nice(int thread) throws IOException {
        return Integer
            .parseInt(Files.readString(Path.of("/proc/self/task/" + thread + "/stat")).replaceFirst("^.*\\) ", "").split(" ")[NICE]);
    }

    private void thread(int id, String name) throws IOException {
        Files.writeString(Files.createDirectories(threads.resolve("" + id)).resolve("comm"), name + "\n");
    }
}
