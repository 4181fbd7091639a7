package io.katydid.json;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.Reporter;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes the final statistics as JSON: to standard output, to a file as the reference does, or to a file with the run's parameters. */
@Extension
public final class JsonReporter implements Reporter {
    private static final String STANDARD_OUTPUT = "-";
    static final Option<String> JSON = Option.string("--json").group("Request statistics options").placeholder("FILE")
        .valueWhenBare(STANDARD_OUTPUT)
        .help("Print the final statistics as JSON; with a file name: write statistics and run parameters to it").hiddenInWebUI();
    static final Option<String> JSON_FILE = Option.string("--json-file").group("Request statistics options").placeholder("NAME")
        .help("Write the final statistics to NAME.json, in place of the final tables").hiddenInWebUI();
    private final PrintStream out;

    /** Makes one that prints to standard output. */
    public JsonReporter() {
        this(System.out);
    }

    JsonReporter(PrintStream out) {
        this.out = out;
    }

    @Override public void options(OptionRegistry options) {
        options.add(JSON).add(JSON_FILE);
    }

    @Override public void finished(Environment environment, int exitCode) throws IOException {
        var snapshot = environment.stats().snapshot();
        var json = environment.parsedOptions().find(JSON);
        if (json.isPresent() && json.get().equals(STANDARD_OUTPUT)) {
            out.println(Documents.entries(snapshot));
            out.flush();
        } else if (json.isPresent()) {
            write(Path.of(json.get()), Documents.report(environment, snapshot, exitCode));
        }
        var file = environment.parsedOptions().find(JSON_FILE);
        if (file.isPresent()) write(Path.of(file.get() + ".json"), Documents.entries(snapshot));
    }

    private static void write(Path file, String text) throws IOException {
        var target = file.toAbsolutePath();
        var folder = target.getParent();
        if (folder != null) Files.createDirectories(folder);
        var part = target.resolveSibling(target.getFileName() + ".part");
        Files.writeString(part, text + "\n");
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
