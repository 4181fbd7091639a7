package io.katydid.feeders;

import io.katydid.api.KatydidException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads rows of a CSV file, the first one too, as lists of cells; begins anew at the end. One object serves all users:
 *
 * <pre>{@code
 * static final CSVReader SSN = new CSVReader("ssn.csv");
 * … SSN.next().getFirst() …
 * }</pre>
 *
 * <p>The file is read whole when the object is made. Any thread. {@link Feeders} has more ways, and a position per environment.
 */
public final class CSVReader implements Iterator<List<String>> {
    private final List<List<String>> rows;
    private final AtomicLong position = new AtomicLong();

    /** Reads a file; an error when it cannot be read or has no row. */
    public CSVReader(String file) {
        rows = CsvFile.plain(Path.of(file));
        if (rows.isEmpty())
            throw new KatydidException("The file " + Path.of(file).toAbsolutePath() + " has no rows. Give it at least one.");
    }

    /** Tells that there always is a next row. */
    @Override public boolean hasNext() { return true; }

    @Override public List<String> next() { return rows.get((int) (position.getAndIncrement() % rows.size())); }
}
