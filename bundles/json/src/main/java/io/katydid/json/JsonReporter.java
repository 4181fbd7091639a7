package io.katydid.json;

import io.katydid.api.Environment;
import io.katydid.api.Extension;
import io.katydid.api.KatydidException;
import io.katydid.api.Reporter;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;

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
    private boolean print;
    private @Nullable Path report;
    private @Nullable Path entries;

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

    /** Looks at the places of the files before the run: after it, it would be too late. */
    @Override public void init(Environment environment) {
        var options = environment.parsedOptions();
        if (!options.find(JSON).orElse(STANDARD_OUTPUT).equals(STANDARD_OUTPUT)) {
            report = check(JSON, Path.of(options.get(JSON)));
        } else {
            print = options.find(JSON).isPresent();
        }
        options.find(JSON_FILE).ifPresent(name -> entries = check(JSON_FILE, Path.of(name + ".json")));
    }

    private static Path check(Option<?> option, Path file) {
        var target = file.toAbsolutePath();
        try {
            var folder = target.getParent();
            if (folder == null || Files.isDirectory(target)) throw new IOException(target + " is a folder");
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) throw new IOException(folder + " is not yours to write to");
            return target;
        } catch (IOException problem) {
            throw new KatydidException(
                option.name() + " " + file + " cannot be written: " + problem + ". Choose a file in a folder you may write to.",
                problem);
        }
    }

    @Override public void finished(Environment environment, int exitCode) throws IOException {
        var snapshot = environment.stats().snapshot();
        if (print) {
            out.println(Documents.entries(snapshot));
            out.flush();
        }
        var whole = report;
        if (whole != null) write(whole, Documents.report(environment, snapshot, exitCode));
        var list = entries;
        if (list != null) write(list, Documents.entries(snapshot));
    }

    private static void write(Path target, String text) throws IOException {
        var part = target.resolveSibling(target.getFileName() + ".part");
        // Bytes, not writeString: half a character pair in a server's message is no reason to have no file.
        Files.write(part, (text + "\n").getBytes(StandardCharsets.UTF_8));
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
    }
}
