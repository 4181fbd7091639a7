package io.katydid.csv;

import io.katydid.api.Environment;
import io.katydid.api.Registration;
import io.katydid.api.stats.Snapshot;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * <p>All four exist from the start. Each second the history grows by a line (with {@code fullHistory} by one per name too) and the other three, where they change, are replaced whole,
 * so a reader never sees half of one; nothing waits for a later flush. RFC 4180, UTF-8. A text that begins with {@code = + - @}, a tabulator or a carriage return
 * gets an apostrophe in front, so that a spreadsheet does not run it; {@code StatsError.parseErrorLog} takes it away again. Errors are
 * {@link UncheckedIOException}s. Any thread, one at a time.
 */
public final class StatsCSVFileWriter {
    private final Environment environment;
    private final Path base;
    private final boolean fullHistory;
    private final Map<String, String> written = new HashMap<>();
    private @Nullable Registration writing;

    /** Makes a writer of {@code base_stats.csv} and its kin; folders are created. */
    public StatsCSVFileWriter(Environment environment, Path base) {
        this(environment, base, false);
    }

    /** Makes a writer whose history has each name, not only the total. */
    public StatsCSVFileWriter(Environment environment, Path base, boolean fullHistory) {
        this(environment, base, fullHistory, false);
    }

    /** {@code goOn}: the history that a predecessor wrote in this run is kept. */
    StatsCSVFileWriter(Environment environment, Path base, boolean fullHistory, boolean goOn) {
        this.environment = environment;
        this.base = base.toAbsolutePath();
        this.fullHistory = fullHistory;
        create(goOn);
    }

    /** Makes the files at once: what cannot be written is said before the run, not after its first second. */
    private void create(boolean goOn) {
        try {
            var folder = base.getParent();
            if (folder != null) Files.createDirectories(folder);
        } catch (IOException problem) {
            throw new UncheckedIOException("The folder of the CSV files " + base + "_*.csv cannot be created: " + problem
                + ". Choose a prefix in a folder you may write to.", problem);
        }
        if (!goOn || !Files.exists(statsHistoryCsvFile())) history(Rows.historyHeader(), StandardOpenOption.TRUNCATE_EXISTING);
        if (!goOn) forget(file("_faults.csv"));
        finish();
    }

    /** Deletes what an earlier run left, which would be taken for this one's. */
    private static void forget(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException problem) {
            throw unwritable(file, problem);
        }
    }

    /** Writes what makes the figures of a run doubtful; nothing where nothing does. */
    void faults(List<String> faults) {
        if (!faults.isEmpty()) replace("_faults.csv", Rows.faults(faults));
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
        history(Rows.history(snapshot, fullHistory), StandardOpenOption.APPEND);
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

    private void history(String text, StandardOpenOption how) {
        try (var file = FileChannel.open(statsHistoryCsvFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE, how)) {
            // One call for all rows of a moment: what kills the process leaves all of them or none.
            var rows = ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
            while (rows.hasRemaining()) file.write(rows);
        } catch (IOException problem) {
            throw unwritable(statsHistoryCsvFile(), problem);
        }
    }

    /** Replaces a file by one with this text, unless it has it: most runs have no failures, and new ones each second in a few only. */
    private void replace(String suffix, String text) {
        var target = file(suffix);
        if (text.equals(written.get(suffix)) && Files.exists(target)) return;
        var part = file(suffix + ".part");
        try {
            // Bytes, not writeString: half a character pair in a server's message is no reason to have no file.
            Files.write(part, text.getBytes(StandardCharsets.UTF_8));
            try {
                Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException plain) {
                Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
            }
            written.put(suffix, text);
        } catch (IOException problem) {
            throw unwritable(target, problem);
        }
    }

    private static UncheckedIOException unwritable(Path target, IOException problem) {
        return new UncheckedIOException("The file " + target + " cannot be written: " + problem
            + ". Is the disk full, the folder gone, or not yours? Choose another prefix.", problem);
    }
}
