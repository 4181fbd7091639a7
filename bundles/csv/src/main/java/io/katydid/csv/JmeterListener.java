package io.katydid.csv;

import static io.katydid.csv.Cells.safe;

import io.katydid.api.Environment;
import io.katydid.api.KatydidException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Writes a line per request in the CSV format of JMeter's results (JTL), for what reads those; {@code --jmeter-log} is the same without a script.
 *
 * <pre>{@code
 * @Listen static void onInit(Init event) {
 *     JmeterListener.on(event.environment(), Path.of("results.jtl"));
 * }
 * }</pre>
 *
 * <p>What Katydid does not know is empty, or 0 where JMeter's readers want a number: {@code dataType}, {@code sentBytes}, {@code Latency}, {@code IdleTime} and
 * {@code Connect}. {@code timeStamp} is the start of the request, {@code bytes} the length of the body. Lines are on the disk within a second and all of them when
 * the test quits; users never wait for it.
 */
public final class JmeterListener implements AutoCloseable {
    static final List<String> COLUMNS = List.of("timeStamp", "elapsed", "label", "responseCode", "responseMessage", "threadName",
        "dataType", "success", "failureMessage", "bytes", "sentBytes", "grpThreads", "allThreads", "URL", "Latency", "IdleTime", "Connect");
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final String UNKNOWN_WORD = "";
    private static final String UNKNOWN_NUMBER = "0";
    private final RequestFile file;

    private JmeterListener(RequestFile file) {
        this.file = file;
    }

    /** Begins the file, in a folder that exists, and writes to it until the test quits. Call it when the environment is initialised. */
    public static JmeterListener on(Environment environment, Path path) {
        try {
            var listener = new JmeterListener(open(environment, path, false).listen(environment));
            environment.every(PERIOD, listener.file::write);
            environment.events().quitting().addListener(_ -> listener.close());
            return listener;
        } catch (IOException problem) {
            throw new KatydidException("JmeterListener " + path + ": " + problem.getMessage(), problem);
        }
    }

    /** Writes the rest and closes the file; more than once does nothing. */
    @Override public void close() {
        try {
            file.close();
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    static RequestFile open(Environment environment, Path path, boolean goOn) throws IOException {
        var crowd = new Crowd(environment);
        return new RequestFile(path, COLUMNS, request -> row(request, crowd), goOn);
    }

    private static List<String> row(LoggedRequest request, Crowd crowd) {
        var millis = Double.isNaN(request.millis()) ? UNKNOWN_NUMBER : Long.toString(Math.round(request.millis()));
        return List.of(Long.toString(request.start().toEpochMilli()), millis, safe(request.name()),
            request.status() == 0 ? UNKNOWN_WORD : Integer.toString(request.status()), safe(request.reason()), request.thread(),
            UNKNOWN_WORD, Boolean.toString(request.ok()), safe(request.failureText()), Long.toString(request.length()), UNKNOWN_NUMBER,
            Long.toString(crowd.of(request.user())), Long.toString(crowd.all(request.user())), safe(request.url()), UNKNOWN_NUMBER,
            UNKNOWN_NUMBER,
            UNKNOWN_NUMBER);
    }
}
