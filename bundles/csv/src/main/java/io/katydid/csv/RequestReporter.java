package io.katydid.csv;

import io.katydid.api.Environment;
import io.katydid.api.KatydidException;
import io.katydid.api.Reporter;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.api.stats.Snapshot;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Writes a line per request when its option asks for it. It does not take {@link #requests}: the platform collects them for all that do, also when nobody asked for a
 * file, and this costs something for each request only when somebody did.
 */
abstract class RequestReporter implements Reporter {
    private final Option<String> option;
    private @Nullable RequestFile file;

    RequestReporter(Option<String> option) {
        this.option = option;
    }

    @Override public boolean onWorkers() { return true; }

    /** Opens the file; {@code goOn}: the lines of a predecessor in this run are kept. */
    abstract RequestFile open(Environment environment, Path path, boolean goOn) throws IOException;

    @Override public void options(OptionRegistry options) {
        options.add(option);
    }

    @Override public void init(Environment environment) {
        var path = environment.parsedOptions().find(option);
        if (path.isEmpty()) return;
        // In the middle of a run this is a newer revision of the bundle.
        boolean goOn = environment.run().filter(run -> run.endTime().isEmpty()).isPresent();
        try {
            file = open(environment, Path.of(path.get()), goOn).listen(environment);
        } catch (IOException problem) {
            throw new KatydidException(option.name() + " " + path.get() + ": " + problem.getMessage(), problem);
        }
    }

    @Override public void snapshot(Snapshot second) throws IOException {
        var to = file;
        if (to != null) to.write();
    }

    @Override public void finished(Environment environment, int exitCode) throws IOException {
        close();
    }

    @Override public void close() throws IOException {
        var to = file;
        if (to != null) to.close();
    }
}
