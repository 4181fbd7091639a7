package io.katydid.csv;

import static io.katydid.csv.Cells.safe;

import io.katydid.api.Environment;
import io.katydid.api.KatydidException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line per request to a CSV file, as the reference's logger of this name does; {@code --csv-request-log} is the same without a script.
 *
 * <pre>{@code
 * @Listen static void onInit(Init event) {
 *     new CsvRequestLogger(Path.of("requests.csv")).register(event.environment());
 * }
 * }</pre>
 *
 * <p>Lines are on the disk within a second and all of them when the test quits; users never wait for it. RFC 4180, UTF-8; an apostrophe stands before a text that a
 * spreadsheet would run, as in {@link StatsCSVFileWriter}.
 */
public final class CsvRequestLogger implements AutoCloseable {
    static final List<String> COLUMNS = List.of("timestamp", "request_type", "name", "response_time_ms", "response_length", "status_code",
        "exception");
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private final Path path;
    private @Nullable RequestFile file;

    /** Makes a logger; the file is made when it is registered, in a folder that exists. */
    public CsvRequestLogger(Path file) {
        path = file;
    }

    /** Begins the file anew and writes to it until the test quits. Call it once, when the environment is initialised. */
    public synchronized void register(Environment environment) {
        close();
        try {
            file = open(path, false).listen(environment);
        } catch (IOException problem) {
            throw new KatydidException("CsvRequestLogger " + path + ": " + problem.getMessage(), problem);
        }
        environment.every(PERIOD, file::write);
        environment.events().quitting().addListener(_ -> close());
    }

    /** Writes the rest and closes the file; more than once does nothing. */
    @Override public synchronized void close() {
        var open = file;
        file = null;
        if (open == null) return;
        try {
            open.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    static RequestFile open(Path path, boolean goOn) throws IOException {
        return new RequestFile(path, COLUMNS, CsvRequestLogger::row, goOn);
    }

    private static List<String> row(LoggedRequest request) {
        var start = request.start();
        long micros = start.getEpochSecond() * 1_000_000 + start.getNano() / 1000;
        return List.of(Cells.parts(micros, 6), safe(request.type()), safe(request.name()),
            milliseconds(request.millis()), Long.toString(request.length()),
            Integer.toString(request.status()), safe(request.failureText()));
    }

    /** Writes a time as the reference does: two decimals, halves to the even one; nothing when there was no time. */
    static String milliseconds(double millis) {
        return Double.isNaN(millis) ? ""
            : Cells.parts(new BigDecimal(millis).setScale(2, RoundingMode.HALF_EVEN).unscaledValue().longValue(), 2);
    }
}
