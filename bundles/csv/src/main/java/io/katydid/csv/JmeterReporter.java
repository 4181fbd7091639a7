package io.katydid.csv;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.cli.Option;
import java.io.IOException;
import java.nio.file.Path;

/** Writes a line per request as JMeter does when {@code --jmeter-log} asks for it. */
@Extension
public final class JmeterReporter extends RequestReporter {
    static final Option<String> FILE = Option.string("--jmeter-log").group("Request statistics options").placeholder("FILE")
        .help("Write a line per request to this file in the CSV format of JMeter's results (JTL)").hiddenInWebUI();

    /** Makes one; the platform does. */
    public JmeterReporter() {
        super(FILE);
    }

    @Override RequestFile open(Environment environment, Path path, boolean goOn) throws IOException {
        return JmeterListener.open(environment, path, goOn);
    }
}
