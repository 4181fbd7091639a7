package io.katydid.cluster.ship;

import io.katydid.api.KatydidException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps shipped files under their hashes, for later starts and for other workers of this machine. What is not what its name says is not used. */
public final class Store {
    private static final Logger LOG = LoggerFactory.getLogger("katydid.cluster");
    private static final Duration KEPT_UNUSED = Duration.ofDays(30);
    private static final String WHAT = ". Look whether you may write there and the disk has room, or give another folder with KATYDID_CACHE.";
    private final Path files;
    private final Path runs;

    /** Uses this folder, which is made when something comes. */
    public Store(Path folder) {
        files = folder.resolve("files");
        runs = folder.resolve("runs");
    }

    /** Gives the file with what the item names, read and compared; nothing when it is not here. */
    Optional<Path> find(Item item) {
        var file = file(item);
        try {
            if (!Files.isRegularFile(file)) return Optional.empty();
            if (Files.size(file) == item.size() && Sha256.of(file).equals(item.sha256())) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
                return Optional.of(file);
            }
            LOG.warn("The kept file {} is not what it was when it came, and is fetched again.", file);
            Files.delete(file);
            return Optional.empty();
        } catch (IOException problem) {
            throw failed("read", file, problem);
        }
    }

    /** Tells whether a file here was shipped at some time. */
    boolean knows(String sha256) {
        return Files.isRegularFile(files.resolve(sha256));
    }

    private Path file(Item item) { return files.resolve(item.sha256()); }

    /** Makes an empty file to write to. */
    Path part() {
        try {
            ownFolder(files);
            return Files.createTempFile(files, "part-", "");
        } catch (IOException problem) {
            throw failed("written to", files, problem);
        }
    }

    /** Takes a written file in; false, and the file is gone, when it is not what the item names. */
    boolean take(Item item, Path part) {
        try {
            if (Files.size(part) != item.size() || !Sha256.of(part).equals(item.sha256())) {
                Files.delete(part);
                return false;
            }
            Files.move(part, file(item), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return true;
        } catch (IOException problem) {
            throw failed("written to", files, problem);
        }
    }

    /** Gives the folder for what this process runs; nobody else may write to it. */
    Path runFolder(String name) {
        try {
            ownFolder(runs);
            var folder = runs.resolve(name);
            ownFolder(folder);
            Files.setLastModifiedTime(folder, FileTime.from(Instant.now()));
            return folder;
        } catch (IOException problem) {
            throw failed("written to", runs, problem);
        }
    }

    private static void ownFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) return;
        Files.createDirectories(folder);
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix"))
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    }

    /** Deletes what nobody has used for a month. */
    void forget() {
        for (var folder : List.of(files, runs)) {
            if (!Files.isDirectory(folder)) continue;
            try (var all = Files.list(folder)) {
                for (var one : all.toList()) if (isOld(one)) delete(one);
            } catch (IOException problem) {
                LOG.debug("Old files are not deleted from {}: {}", folder, problem.toString());
            }
        }
    }

    private static boolean isOld(Path file) {
        try {
            return Files.getLastModifiedTime(file).toInstant().isBefore(Instant.now().minus(KEPT_UNUSED));
        } catch (IOException gone) {
            return false;
        }
    }

    static void delete(Path file) throws IOException {
        try (var all = Files.walk(file)) {
            for (var one : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(one);
        } catch (NoSuchFileException gone) {
            LOG.debug("Another process has deleted {}", file);
        }
    }

    static KatydidException failed(String how, Path file, IOException problem) {
        return new KatydidException("The folder of shipped files cannot be " + how + ": " + problem + ", at " + file + WHAT, problem);
    }
}
