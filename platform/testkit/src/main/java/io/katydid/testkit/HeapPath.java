package io.katydid.testkit;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** Finds the path of references that keeps an object alive, in a dump of the heap. */
final class HeapPath {
    private HeapPath() {}

    /** Tells the path to the loader that a reference shows, or why it cannot be told. */
    static String to(WeakReference<ClassLoader> reference) {
        var loader = reference.get();
        if (loader == null) return "It was collected a moment later.";
        var mark = loader.getClass().getName();
        loader = null;
        return to(mark);
    }

    /** Tells the path from a root to an object of a class. */
    static String to(String className) {
        try {
            var folder = Files.createTempDirectory("testkit");
            var file = folder.resolve("heap.hprof");
            try {
                ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class).dumpHeap(file.toString(), true);
                var path = new HeapDump(file).pathTo(className);
                return path == null ? "No strong path holds it now: the collector may only be late." : "It is held by:" + text(path);
            } finally {
                Files.deleteIfExists(file);
                Files.delete(folder);
            }
        } catch (IOException | RuntimeException problem) {
            return "What holds it could not be found: " + problem;
        }
    }

    private static String text(List<String> path) {
        var lines = new ArrayList<String>();
        for (var step : path) lines.add("\n    " + step);
        return String.join("", lines);
    }
}
