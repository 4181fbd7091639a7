package io.katydid.distribution;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Is the AOT cache that runs of the distribution share: {@code katydid warm-up} makes it once a build, and a start takes a third less of a core with it. */
final class WarmCache {
    private static final Path MADE = Modules.ROOT.resolve("distribution/target/warm");

    private WarmCache() {}

    /** Holds what one of the concurrent tests makes and the others await. */
    private static final class Made {
        private static final Path FILE = make();

        private static Path make() {
            try {
                var folder = MADE.resolve("aot");
                var built = Files.getLastModifiedTime(Product.HOME.resolve("bin/katydid"));
                for (var file : caches(folder)) {
                    if (Files.getLastModifiedTime(file).compareTo(built) > 0) return file;
                    Files.delete(file);
                }
                var training = new Product(Files.createDirectories(MADE)).cold().with("KATYDID_CACHE", MADE.toString()).run("warm-up");
                if (training.exitCode() != 0)
                    throw new IllegalStateException("katydid warm-up ended with " + training.exitCode() + ": " + training.err());
                return caches(folder).getFirst();
            } catch (Exception problem) {
                throw new IllegalStateException("The tests have no AOT cache.", problem);
            }
        }

        private static List<Path> caches(Path folder) throws IOException {
            if (!Files.isDirectory(folder)) return List.of();
            try (var files = Files.list(folder)) {
                return files.filter(file -> file.toString().endsWith(".aot")).toList();
            }
        }
    }

    private static void link(Path link, Path file) throws IOException {
        // A folder for a test may be on a disk of its own, where only a symbolic link can be; JUnit warns of each of those when it deletes it.
        if (Files.getFileStore(link.getParent()).equals(Files.getFileStore(file))) Files.createLink(link, file);
        else Files.createSymbolicLink(link, file);
    }

    /** Lets the launcher find the cache below a run's own folder of caches, where that has none. */
    static void linkInto(Path caches) throws IOException {
        var link = Files.createDirectories(caches.resolve("aot")).resolve(Made.FILE.getFileName());
        try {
            link(link, Made.FILE);
        } catch (FileAlreadyExistsException there) {
            // An earlier run of the test has linked or made it.
        }
    }
}
