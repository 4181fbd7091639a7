package io.katydid.launcher;

import io.katydid.api.KatydidException;
import io.katydid.api.cli.Option;
import io.katydid.cluster.ClusterOptions;
import io.katydid.kernel.options.KernelOptions;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts workers as processes of their own, and ends them. */
final class Children implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.main");
    private static final Duration FAREWELL = Duration.ofSeconds(3);
    /** Is for the process that starts them only. */
    private static final Set<Option<?>> OURS = Set.of(ClusterOptions.PROCESSES, ClusterOptions.MASTER, ClusterOptions.WORKER,
        ClusterOptions.MASTER_BIND_HOST, ClusterOptions.MASTER_BIND_PORT, ClusterOptions.EXPECT_WORKERS,
        ClusterOptions.EXPECT_WORKERS_MAX_WAIT, ClusterOptions.SHIP, KernelOptions.HEADLESS, KernelOptions.HEADFUL, KernelOptions.AUTOSTART,
        KernelOptions.AUTOQUIT, KernelOptions.RUN_TIME, KernelOptions.USERS, KernelOptions.SPAWN_RATE, KernelOptions.LOGFILE);
    private final List<Process> processes = new ArrayList<>();

    /** Starts nothing. */
    static Children none() {
        return new Children();
    }

    /** Starts so many, with what was typed here and where their master is. */
    static Children start(int count, CommandLine line, Place place, List<String> master) {
        var children = new Children();
        try {
            for (int i = 0; i < count; i++) children.processes.add(start(line, place, master));
            return children;
        } catch (IOException problem) {
            children.close();
            throw new KatydidException("A worker could not be started: " + problem.getMessage()
                + ". Look whether the machine has memory and processes left, or start workers by hand with --worker.", problem);
        }
    }

    private static Process start(CommandLine line, Place place, List<String> master) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        command.addAll(Role.child(!master.isEmpty()));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(arguments(line.words()));
        command.add("--worker");
        command.addAll(master);
        return new ProcessBuilder(command).directory(place.folder().toFile()).redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.INHERIT).redirectError(Redirect.INHERIT).start();
    }

    /** Gives what was typed, without what only the process that starts the others needs. */
    static List<String> arguments(List<String> words) {
        var kept = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            int ours = wordsOfOurs(words.get(i));
            if (ours == 0) kept.add(words.get(i));
            else i += ours - 1;
        }
        return kept;
    }

    /** Gives how many words an option of ours has here; 0 when it is none. */
    private static int wordsOfOurs(String word) {
        for (var option : OURS) {
            boolean flag = option.kind() == Option.Kind.FLAG;
            if (word.equals(option.name()) || option.aliases().contains(word)) return flag ? 1 : 2;
            if (word.startsWith(option.name() + "=")) return 1;
            boolean attached = !flag && !word.startsWith("--") && option.aliases().stream().anyMatch(word::startsWith);
            if (attached) return 1;
        }
        return 0;
    }

    int count() { return processes.size(); }

    /** Gives the exit code of one that has ended, when one has. */
    Optional<Integer> ended() {
        return processes.stream().filter(process -> !process.isAlive()).map(Process::exitValue).findFirst();
    }

    /** Waits for all of them; gives the greatest exit code. */
    int await() throws InterruptedException {
        int code = 0;
        for (var process : processes) code = Math.max(code, process.waitFor());
        return code;
    }

    /** Asks those that are left to end, and ends them after a while. */
    @Override public void close() {
        processes.forEach(Process::destroy);
        long end = System.nanoTime() + FAREWELL.toNanos();
        for (var process : processes) {
            try {
                if (process.waitFor(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS)) continue;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
            LOG.warn("The worker with process id {} did not end within {} s and is ended.", process.pid(), FAREWELL.toSeconds());
            process.destroyForcibly();
        }
    }

    /** Calls {@code end} when the process that started this one has gone. */
    static void watchParent(Runnable end) {
        if (!Boolean.getBoolean(Role.CHILD)) return;
        ProcessHandle.current().parent().ifPresent(parent -> parent.onExit().thenRun(() -> {
            LOG.warn("The process that started this worker has gone, so the worker ends.");
            end.run();
        }));
    }
}
