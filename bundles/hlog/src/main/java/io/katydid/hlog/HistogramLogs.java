package io.katydid.hlog;

import io.katydid.api.stats.EntrySnapshot;
import io.katydid.api.stats.LatencyHistogram;
import io.katydid.api.stats.Snapshot;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Writes two logs: of all requests, without tags, and of each name, tagged. Two, so that no option of a tool counts a request twice. A name's interval without a
 * request has no line. Two files are open, however many names there are; names are in tags only, never in file names.
 *
 * <p>Snapshots hold everything since the start or the last reset of the statistics; an interval is the difference of two. What came after the last snapshot before
 * a reset, less than a second, is in no interval.
 */
final class HistogramLogs implements AutoCloseable {
    private static final Duration JITTER = Duration.ofMillis(500);
    private final Duration interval;
    private final LogFile all;
    private final LogFile names;
    /** What was written so far, by tag. */
    private final Map<String, LatencyHistogram> written = new HashMap<>();
    private @Nullable Snapshot newest;
    private boolean pending;
    private Instant begin = Instant.now();

    HistogramLogs(Path prefix, Duration interval) throws IOException {
        this.interval = interval;
        var base = prefix.toAbsolutePath();
        var folder = base.getParent();
        if (folder != null) Files.createDirectories(folder);
        var name = base.getFileName().toString().replaceFirst("\\.hlog$", "");
        all = new LogFile(base.resolveSibling(name + ".hlog"), begin);
        names = new LogFile(base.resolveSibling(name + "_names.hlog"), begin);
    }

    /** Begins the first interval of a run. */
    void begin(Instant start) {
        begin = start;
    }

    void take(Snapshot snapshot) throws IOException {
        var before = newest;
        if (before != null && before.total().startTime() != snapshot.total().startTime()) {
            if (pending) write(before);
            written.clear();
        }
        newest = snapshot;
        pending = true;
        if (snapshot.last() || Duration.between(begin, snapshot.time()).plus(JITTER).compareTo(interval) >= 0) write(snapshot);
    }

    private void write(Snapshot snapshot) throws IOException {
        pending = false;
        all.write(begin, snapshot.time(), "", since("", snapshot.total()));
        for (var entry : snapshot.entries()) {
            var tag = Tags.of(entry.method(), entry.name());
            var earlier = written.get(tag);
            if (entry.histogram().count() == (earlier == null ? 0 : earlier.count())) continue;
            names.write(begin, snapshot.time(), tag, since(tag, entry));
        }
        all.flush();
        names.flush();
        begin = snapshot.time();
    }

    private Histogram since(String key, EntrySnapshot entry) throws IOException {
        var now = entry.histogram();
        var earlier = written.put(key, now);
        return decode((earlier == null ? now : now.minus(earlier)).encoded());
    }

    private static Histogram decode(byte[] encoded) throws IOException {
        try {
            return Histogram.decodeFromCompressedByteBuffer(ByteBuffer.wrap(encoded), 0);
        } catch (DataFormatException impossible) {
            throw new IOException("the kernel's histogram is not what HdrHistogram reads", impossible);
        }
    }

    @Override public void close() throws IOException {
        try (all; names) {
            var last = newest;
            if (pending && last != null) write(last);
        }
    }
}
