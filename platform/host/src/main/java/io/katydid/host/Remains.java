package io.katydid.host;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Watches whether the classes of revisions that were taken away leave the memory. When they have not a minute later, though the collector has looked at everything since, somebody holds them: mostly a
 * thread they started, which is named. No collection is forced: a test may be running.
 */
final class Remains {
    private static final long MINUTE = TimeUnit.SECONDS.toNanos(60);
    private static final Pattern WHOLE_HEAP = Pattern.compile("MarkSweep|Old Gen|Major|Full");
    private final List<Left> left = new ArrayList<>();
    private final long patienceNanos;

    private record Left(String name, WeakReference<ClassLoader> loader, long since, long collections) {}

    Remains() { this(MINUTE); }

    Remains(long patienceNanos) {
        this.patienceNanos = patienceNanos;
    }

    synchronized void watch(String name, ClassLoader loader) {
        left.add(new Left(name, new WeakReference<>(loader), System.nanoTime(), collections()));
    }

    /** Gives a line for each that should have gone, once. */
    synchronized List<String> look() {
        left.removeIf(one -> one.loader().refersTo(null));
        if (left.isEmpty()) return List.of();
        long collected = collections();
        var overdue = left.stream().filter(one -> System.nanoTime() - one.since() > patienceNanos && collected > one.collections())
            .toList();
        left.removeAll(overdue);
        return overdue.stream().map(Remains::line).toList();
    }

    private static String line(Left one) {
        var loader = one.loader().get();
        var what = one.name() + " was left " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - one.since())
            + " s ago, and its classes are still in memory: ";
        var thread = loader == null ? Optional.<String>empty() : thread(loader);
        return what + thread.map(which -> "the thread " + which + " was started by it and runs on. Let Plugin.close or onStop end it")
            .orElse("something refers to them, such as a thread local, a static field of the JDK or of another bundle, or a shutdown hook."
                + " The testkit's Unloading finds the path that holds them");
    }

    private static Optional<String> thread(ClassLoader loader) {
        return Thread.getAllStackTraces().entrySet().stream()
            .filter(one -> loader.equals(one.getKey().getContextClassLoader()) || loader.equals(one.getKey().getClass().getClassLoader()))
            .map(one -> "'" + one.getKey().getName() + "'" + Arrays.stream(one.getValue())
                .filter(frame -> !frame.getClassName().startsWith("java.") && !frame.getClassName().startsWith("jdk.")).findFirst()
                .map(frame -> " (at " + frame + ")").orElse(""))
            .sorted().findFirst();
    }

    private static long collections() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream().filter(bean -> WHOLE_HEAP.matcher(bean.getName()).find())
            .mapToLong(GarbageCollectorMXBean::getCollectionCount).sum();
    }
}
