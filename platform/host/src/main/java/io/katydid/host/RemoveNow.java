package io.katydid.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Tells the processes that follow a folder that a jar was not only taken away, but that its users are to end: by an empty file beside it, for a few seconds. */
final class RemoveNow {
    /** A watcher sees a jar go within two looks; a slow one has as much again and more. */
    private static final Duration SEEN = Duration.ofSeconds(3);
    /** A mark whose process died is no mark. */
    private static final Duration VALID = Duration.ofSeconds(15);

    private RemoveNow() {}

    private static Path file(Path jar) { return jar.resolveSibling(jar.getFileName() + ".remove-now"); }

    /** Deletes a jar while it is marked, and waits until those who follow the folder have seen it: the mark is gone when this returns. */
    static void delete(Path jar) throws IOException {
        var mark = file(jar);
        Files.deleteIfExists(mark);
        Files.createFile(mark);
        try {
            Files.deleteIfExists(jar);
            TimeUnit.NANOSECONDS.sleep(SEEN.toNanos());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            Files.deleteIfExists(mark);
        }
    }

    static boolean isMarked(Path jar) {
        try {
            return Files.getLastModifiedTime(file(jar)).toInstant().isAfter(Instant.now().minus(VALID));
        } catch (IOException none) {
            return false;
        }
    }
}
