package io.katydid.testkit;

import com.sun.management.HotSpotDiagnosticMXBean;
import com.sun.management.HotSpotDiagnosticMXBean.ThreadDumpFormat;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Compares what the process holds before and after: platform threads, virtual threads, sockets and open files. The latter two on Linux only.
 *
 * <pre>{@code
 * var before = Leftovers.before();
 * … open, use, close
 * before.check("closing the client");
 * }</pre>
 *
 * <p>Do what you look at once before, so that what a JVM has only once is there already. Not for tests that run beside others in one JVM.
 */
public final class Leftovers {
    private static final Duration BOUND = Duration.ofSeconds(10);
    private static final Pattern VIRTUAL = Pattern.compile("^#(\\d+) \"([^\"]*)\" virtual.*");
    private static final Pattern THREAD = Pattern.compile("^#\\d+ .*");
    /** The JDK's, the one set of loops for threads that belong to no environment, Netty's thread that ends by itself, and the kit's own peers. */
    private static final Pattern OF_THE_PROCESS = Pattern
        .compile(
            "katydid-shared.*|katydid-preflight|ForkJoinPool.*|globalEventExecutor.*|testkit-.*|junit-.*|process reaper.*|Keep-Alive-Timer");
    private static final Predicate<String> NO_RESOURCE = Pattern.compile(".*\\.(jar|so|class)$|/dev/.*|/proc/.*|/sys/.*|/.*/modules")
        .asMatchPredicate();
    private final Map<String, String> known;

    private Leftovers(Map<String, String> known) {
        this.known = known;
    }

    /** Takes in what there is now. */
    public static Leftovers before() { return new Leftovers(now()); }

    /** Waits up to 10 s until nothing is there that was not there before; else an {@link AssertionError} that names each thing. */
    public void check(String after) {
        if (Await.within(BOUND, () -> left().isEmpty())) return;
        var left = left();
        if (!left.isEmpty())
            throw new AssertionError("After " + after + " " + left.size() + " things are left: " + String.join("\n", left));
    }

    private List<String> left() {
        var left = new ArrayList<String>();
        now().forEach((key, what) -> {
            if (!known.containsKey(key)) left.add(what);
        });
        return left;
    }

    private static Map<String, String> now() {
        var all = new TreeMap<String, String>();
        threads(all);
        virtualThreads(all);
        descriptors(all);
        return all;
    }

    private static void threads(Map<String, String> all) {
        Thread.getAllStackTraces().forEach((thread, stack) -> {
            var group = thread.getThreadGroup();
            if (group == null || group.getName().equals("system") || group.getName().equals("InnocuousThreadGroup")) return;
            if (OF_THE_PROCESS.matcher(thread.getName()).matches()) return;
            var text = new StringBuilder("the thread \"" + thread.getName() + "\"");
            for (var frame : stack) text.append("\n    at ").append(frame);
            all.put("thread " + thread.threadId(), text.toString());
        });
    }

    /** The JDK lists virtual threads only in a dump. */
    private static void virtualThreads(Map<String, String> all) {
        try {
            var folder = Files.createTempDirectory("testkit");
            var file = folder.resolve("threads");
            ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpThreads(file.toString(), ThreadDumpFormat.TEXT_PLAIN);
            var lines = Files.readAllLines(file);
            Files.delete(file);
            Files.delete(folder);
            for (int i = 0; i < lines.size(); i++) {
                var found = VIRTUAL.matcher(lines.get(i));
                if (!found.matches() || OF_THE_PROCESS.matcher(found.group(2)).matches()) continue;
                var text = new StringBuilder("the virtual thread \"" + found.group(2) + "\"");
                for (int at = i + 1; at < lines.size() && !THREAD.matcher(lines.get(at)).matches() && !lines.get(at).isBlank(); at++)
                    text.append("\n    at ").append(lines.get(at).strip());
                all.put("virtual " + found.group(1), text.toString());
            }
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static void descriptors(Map<String, String> all) {
        var folder = Path.of("/proc/self/fd");
        if (!Files.isDirectory(folder)) return;
        try (var open = Files.list(folder)) {
            open.forEach(descriptor -> {
                try {
                    var target = Files.readSymbolicLink(descriptor).toString();
                    if (target.startsWith("socket:") || (target.startsWith("/") && !NO_RESOURCE.test(target)))
                        all.put(target, "open: " + target);
                } catch (IOException closedMeanwhile) {
                    // Between the listing and the look: so it is not left.
                    all.remove(descriptor.toString());
                }
            });
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
