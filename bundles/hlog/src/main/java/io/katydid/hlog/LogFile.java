package io.katydid.hlog;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Is one log, open from the start to the end of the process and flushed after each interval. */
final class LogFile implements AutoCloseable {
    /** The column of the maximum is in milliseconds, the histograms in microseconds. */
    private static final double MICROS_OF_A_MILLI = 1000;
    private final Path path;
    private final PrintStream out;
    private final HistogramLogWriter log;
    private final double base;

    LogFile(Path path, Instant start) throws IOException {
        this.path = path;
        out = new PrintStream(new BufferedOutputStream(Files.newOutputStream(path)), false, StandardCharsets.UTF_8);
        log = new HistogramLogWriter(out);
        base = start.toEpochMilli() / 1000.0;
        log.outputComment("Katydid: response times in microseconds; for milliseconds: -outputValueUnitRatio 1000");
        log.outputLogFormatVersion();
        log.outputBaseTime(start.toEpochMilli());
        log.outputStartTime(start.toEpochMilli());
        log.outputLegend();
        flush();
    }

    void write(Instant from, Instant to, String tag, Histogram interval) {
        if (!tag.isEmpty()) interval.setTag(tag);
        log.outputIntervalHistogram(seconds(from), seconds(to), interval, MICROS_OF_A_MILLI);
    }

    private double seconds(Instant at) { return at.toEpochMilli() / 1000.0 - base; }

    /** Brings what was written to the disk; the stream itself never throws. */
    void flush() throws IOException {
        if (out.checkError()) throw new IOException("The file " + path + " cannot be written. Is the disk full, or the folder gone?");
    }

    @Override public void close() throws IOException {
        flush();
        log.close();
    }
}
