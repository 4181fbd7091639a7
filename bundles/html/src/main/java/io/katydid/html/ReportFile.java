package io.katydid.html;

import io.katydid.api.KatydidException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Is the place of the report. It is tried before the run, so that an hour of load does not end in a folder that is not there. */
final class ReportFile {
    private final Path target;
    private final Path part;

    private ReportFile(Path target, Path part) {
        this.target = target;
        this.part = part;
    }

    static ReportFile open(String name) {
        try {
            var target = Path.of(name).toAbsolutePath();
            if (name.isBlank() || Files.isDirectory(target))
                throw new KatydidException("--html '" + name + "' is a folder. Give the name of a file in it, such as report.html.");
            var file = new ReportFile(target, target.resolveSibling("." + target.getFileName() + ".part"));
            file.tryOut();
            return file;
        } catch (InvalidPathException problem) {
            throw new KatydidException("--html '" + name + "' is not a file name: " + problem.getReason() + ". Give another.", problem);
        }
    }

    private void tryOut() {
        try {
            var folder = target.getParent();
            if (folder != null) Files.createDirectories(folder);
            Files.writeString(part, "");
            Files.delete(part);
        } catch (IOException problem) {
            throw new KatydidException("The report --html " + target + " cannot be written: " + problem
                + ". Choose a folder that exists or can be made, and that may be written to.", problem);
        }
    }

    /** Replaces the file whole: a reader never sees half of one. */
    void write(String page) {
        try {
            Files.write(part, page.getBytes(StandardCharsets.UTF_8));
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException plain) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException("The report --html " + target + " cannot be written. Is the disk full, or the folder gone?",
                problem);
        }
    }
}
