package io.katydid.csv;

import io.katydid.api.Environment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * Is a file that has a line for each request. A user only queues what happened; whoever calls {@link #write} makes the lines of it and brings them to the disk, so
 * that no loop ever waits for a disk. What waits is bounded: a disk that hangs must not take the memory. What found no place is counted and said at the end.
 */
final class RequestFile implements AutoCloseable {
    static final int MAX_WAITING = 500_000;
    private static final int LINES_AT_ONCE = 2_000;
    private final Path path;
    private final Function<LoggedRequest, List<String>> row;
    private final int maxWaiting;
    private final FileChannel file;
    private final ConcurrentLinkedQueue<LoggedRequest> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final LongAdder missing = new LongAdder();
    private volatile boolean ended;

    /** {@code goOn}: the lines that a predecessor wrote in this run are kept. */
    RequestFile(Path path, List<String> columns, Function<LoggedRequest, List<String>> row, boolean goOn) throws IOException {
        this(path, columns, row, goOn, MAX_WAITING);
    }

    RequestFile(Path path, List<String> columns, Function<LoggedRequest, List<String>> row, boolean goOn, int maxWaiting)
        throws IOException {
        this.path = path;
        this.row = row;
        this.maxWaiting = maxWaiting;
        var folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder))
            throw new IOException("there is no folder " + folder + ". Create it, or choose a file in another one.");
        boolean begun = goOn && Files.exists(path);
        try {
            if (!begun) Files.write(path, Rows.text(List.of(columns)).getBytes(StandardCharsets.UTF_8));
            // Appending, because while a bundle is replaced two revisions of it may have the file open.
            file = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
        } catch (IOException problem) {
            throw new IOException("the file cannot be written: " + problem + ". Choose a file in a folder you may write to.", problem);
        }
    }

    /** Queues all requests from now on. */
    RequestFile listen(Environment environment) {
        environment.events().request().addListener(event -> add(LoggedRequest.of(event)));
        return this;
    }

    void add(LoggedRequest request) {
        if (ended) return;
        if (size.incrementAndGet() > maxWaiting) {
            size.decrementAndGet();
            missing.increment();
            return;
        }
        waiting.add(request);
    }

    /** Writes what waits, many lines with one call: what kills the process leaves whole lines, but for a disk that is full. After an error nothing more is written. */
    synchronized void write() throws IOException {
        while (!ended) {
            var rows = new ArrayList<List<String>>();
            for (LoggedRequest next; rows.size() < LINES_AT_ONCE && (next = waiting.poll()) != null;) rows.add(row.apply(next));
            if (rows.isEmpty()) return;
            size.addAndGet(-rows.size());
            append(ByteBuffer.wrap(Rows.text(rows).getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void append(ByteBuffer lines) throws IOException {
        try {
            while (lines.hasRemaining()) file.write(lines);
        } catch (IOException problem) {
            ended = true;
            waiting.clear();
            throw new IOException("The file " + path + " cannot be written any more, the requests from now on are missing in it: " + problem
                + ". Is the disk full? Choose a file on another one.", problem);
        }
    }

    /** Writes the rest. */
    @Override public synchronized void close() throws IOException {
        try (file) {
            write();
        }
        boolean first = !ended;
        ended = true;
        if (first && missing.sum() > 0)
            throw new IOException(missing.sum() + " requests are missing in the file " + path
                + ": they came faster than the disk took them. Choose a file on a faster disk, or let fewer users run.");
    }
}
