package io.katydid.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tells revisions of files apart without reading them. */
final class Stamp {
    private Stamp() {}

    /** Gives size and time of a file, or of the newest file below a folder. */
    static String of(Path path) {
        try {
            if (!Files.isDirectory(path)) return Files.size(path) + "@" + Files.getLastModifiedTime(path).toMillis();
            try (var files = Files.walk(path)) {
                return "newest@" + files.mapToLong(file -> file.toFile().lastModified()).max().orElse(0);
            }
        } catch (IOException gone) {
            return "gone";
        }
    }
}
