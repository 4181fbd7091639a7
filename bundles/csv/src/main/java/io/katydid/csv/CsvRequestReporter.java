package io.katydid.csv;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.cli.Option;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a line per request when {@code --csv-request-log} asks for it. */
@Extension
public final class CsvRequestReporter extends RequestReporter {
    static final Option<String> FILE = Option.string("--csv-request-log").group("Request statistics options").placeholder("FILE")
        .help("Write a line per request to this CSV file: timestamp, request_type, name, response_time_ms, response_length, status_code, "
            + "exception")
        .hiddenInWebUI();

    /** Makes one; the platform does. */
    public CsvRequestReporter() {
        super(FILE);
    }

    @Override RequestFile open(Environment environment, Path path, boolean goOn) throws IOException {
        return CsvRequestLogger.open(path, goOn);
    }
}
