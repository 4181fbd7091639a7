package io.katydid.csv;

import io.katydid.api.Environment;
import io.katydid.api.Registration;
import io.katydid.api.stats.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Writes the four CSV files of the reference. In a program of your own:
 *
 * <pre>{@code
 * var writer = new StatsCSVFileWriter(environment, Path.of("out"));
 * writer.spawnStatsWriter();
 * …
 * writer.quit();
 * }</pre>
 *
 * <p>Three files are replaced whole, so a reader never sees half of one; the history grows. Errors are {@link UncheckedIOException}s. Any thread, one at a time.
 */
public final class StatsCSVFileWriter {
    private final Environment environment;
    private final Path base;
    private final boolean fullHistory;
    private boolean begun;
    private @Nullable Registration writing;

    /** Makes a writer of {@code base_stats.csv} and its kin; folders are created. */
    public StatsCSVFileWriter(Environment environment, Path base) {
        this(environment, base, false);
    }

    /** Makes a writer whose history has each name, not only the total. */
    public StatsCSVFileWriter(Environment environment, Path base, boolean fullHistory) {
        this.environment = environment;
        this.base = base.toAbsolutePath();
        this.fullHistory = fullHistory;
        create();
    }

    private void create() {
        try {
            var folder = base.getParent();
            if (folder != null) Files.createDirectories(folder);
        } catch (IOException problem) {
            throw new UncheckedIOException("The folder of --csv " + base + " cannot be created. Choose another prefix.", problem);
        }
    }

    /** Writes every second until {@link #quit}. */
    public synchronized void spawnStatsWriter() {
        if (writing == null) writing = environment.every(Duration.ofSeconds(1), () -> write(environment.stats().snapshot()));
    }

    /** Writes a last time and ends. */
    public synchronized void quit() {
        var running = writing;
        writing = null;
        if (running != null) running.close();
        write(environment.stats().snapshot());
    }

    /** Gives the history file. */
    public Path statsHistoryCsvFile() { return file("_stats_history.csv"); }

    /** Adds a moment to the history and replaces the other files. */
    synchronized void write(Snapshot snapshot) {
        append(begun ? "" : Rows.historyHeader());
        begun = true;
        append(Rows.history(snapshot, fullHistory));
        finish(snapshot);
    }

    /** Replaces the files with what is known now. */
    synchronized void finish() {
        finish(environment.stats().snapshot());
    }

    private void finish(Snapshot snapshot) {
        replace("_stats.csv", Rows.stats(snapshot));
        replace("_failures.csv", Rows.failures(snapshot));
        replace("_exceptions.csv", Rows.exceptions(snapshot));
    }

    private Path file(String suffix) { return base.resolveSibling(base.getFileName() + suffix); }

    private void append(String text) {
        try {
            var option = begun ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
            Files.writeString(statsHistoryCsvFile(), text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.WRITE,
                option);
        } catch (IOException problem) {
            throw new UncheckedIOException(
                "The file " + statsHistoryCsvFile() + " cannot be written. Is the disk full, or the folder gone?", problem);
        }
    }

    private void replace(String suffix, String text) {
        var target = file(suffix);
        var part = file(suffix + ".part");
        try {
            Files.writeString(part, text, StandardCharsets.UTF_8);
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException plain) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
        } catch (IOException problem) {
            throw new UncheckedIOException("The file " + target + " cannot be written. Is the disk full, or the folder gone?", problem);
        }
    }
}
