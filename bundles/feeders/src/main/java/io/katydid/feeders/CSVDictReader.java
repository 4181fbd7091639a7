package io.katydid.feeders;

import io.katydid.api.KatydidException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Reads rows of a CSV file as cells by name, which the first row gives; begins anew at the end. One object serves all users:
 *
 * <pre>{@code
 * static final CSVDictReader PEOPLE = new CSVDictReader("people.csv");
 * … PEOPLE.next().get("user") …
 * }</pre>
 *
 * <p>The file is read whole when the object is made. Any thread. {@link Feeders} has more ways, and a position per environment.
 */
public final class CSVDictReader implements Iterator<Map<String, String>> {
    private final List<Map<String, String>> rows;
    private final AtomicLong position = new AtomicLong();

    /** Reads a file; an error when it cannot be read or has no row. */
    public CSVDictReader(String file) {
        rows = CsvFile.named(Path.of(file));
        if (rows.isEmpty())
            throw new KatydidException("The file " + Path.of(file).toAbsolutePath() + " has no rows. Give it at least one.");
    }

    /** Tells that there always is a next row. */
    @Override public boolean hasNext() { return true; }

    @Override public Map<String, String> next() { return rows.get((int) (position.getAndIncrement() % rows.size())); }
}
