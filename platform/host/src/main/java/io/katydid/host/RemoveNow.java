package io.katydid.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the processes that follow a folder that a jar was not only taken away, but that its users are to end: by an empty file beside it, for a few seconds. */
final class RemoveNow {
    private static final Logger LOG = LoggerFactory.getLogger(Host.class);
    /** A watcher sees a jar go within two looks; a slow one has as much again and more. */
    private static final Duration SEEN = Duration.ofSeconds(3);
    /** A mark whose process died is no mark. */
    private static final Duration VALID = Duration.ofSeconds(15);

    private RemoveNow() {}

    private static Path file(Path jar) { return jar.resolveSibling(jar.getFileName() + ".remove-now"); }

    /** Marks a jar that is about to be deleted; the mark goes by itself. */
    static void mark(Path jar) throws IOException {
        var mark = file(jar);
        Files.deleteIfExists(mark);
        Files.createFile(mark);
        // No daemon: a command line that ends at once leaves no mark behind.
        Thread.ofPlatform().name("katydid-remove-now").start(() -> {
            try {
                TimeUnit.NANOSECONDS.sleep(SEEN.toNanos());
                Files.deleteIfExists(mark);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (IOException problem) {
                LOG.warn("{} cannot be deleted: {}. It means nothing any more and may go.", mark, Words.of(problem));
            }
        });
    }

    static boolean isMarked(Path jar) {
        try {
            return Files.getLastModifiedTime(file(jar)).toInstant().isAfter(Instant.now().minus(VALID));
        } catch (IOException none) {
            return false;
        }
    }
}
