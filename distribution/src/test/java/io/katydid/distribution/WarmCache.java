package io.katydid.distribution;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Is what runs of the distribution share: the AOT cache, which {@code katydid warm-up} makes once a build and with which a start takes a third less of a core, and
 * compiled scripts, which a master and its workers and the tests of a class would each compile again.
 */
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

    private static void linkFile(Path link, Path file) throws IOException {
        // A folder for a test may be on a disk of its own, where only a symbolic link can be; JUnit warns of each of those when it deletes it.
        if (Files.getFileStore(link.getParent()).equals(Files.getFileStore(file))) Files.createLink(link, file);
        else Files.createSymbolicLink(link, file);
    }

    /** Lets the launcher find both below a run's own folder of caches, where that has none. */
    static void linkInto(Path caches) throws IOException {
        var aot = Files.createDirectories(caches.resolve("aot")).resolve(Made.FILE.getFileName());
        unlessThere(() -> linkFile(aot, Made.FILE));
        unlessThere(() -> Files.createSymbolicLink(caches.resolve("scripts"), Files.createDirectories(MADE.resolve("scripts"))));
    }

    private interface Linking {
        void link() throws IOException;
    }

    private static void unlessThere(Linking linking) throws IOException {
        try {
            linking.link();
        } catch (FileAlreadyExistsException there) {
            // An earlier run of the test has linked or made it.
        }
    }
}
