package io.katydid.cluster.wire;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Runs scripts by the Python that has the reference's own libraries, msgpack and zmq; without it a test is skipped, or fails when peers are required. */
final class Python {
    private static final Path SCRIPTS = Path.of("src/test/resources/io/katydid/cluster/wire");

    private Python() {}

    /** Starts a script that is beside the tests; the caller ends it. */
    static Process start(String script, Object... arguments) throws IOException {
        var command = new ArrayList<>(List.of(require().toString(), "-u", SCRIPTS.resolve(script).toString()));
        Stream.of(arguments).map(String::valueOf).forEach(command::add);
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    /** Gives what a script printed; with what to read, if anything. */
    static String output(String script, byte[] input, Object... arguments) throws IOException, InterruptedException {
        var process = start(script, arguments);
        var writer = Thread.ofVirtual().start(() -> {
            try (var out = process.getOutputStream()) {
                out.write(input);
            } catch (IOException ended) {
                // Its exit code says more.
            }
        });
        var text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        writer.join();
        if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() != 0) fail(script + " ended with " + process + ": " + text);
        return text;
    }

    private static Path require() {
        var found = Stream.of(Path.of("/usr/bin/python3")).filter(Files::isExecutable).filter(Python::hasLibraries).findFirst();
        return found.orElseGet(() -> {
            var reason = "The peer 'python3' with zmq and msgpack is not installed: this test needs the real one.";
            if ("required".equals(System.getProperty("katydid.peers"))) fail(reason);
            System.out.println("skipped: " + reason);
            return abort(reason);
        });
    }

    private static boolean hasLibraries(Path python) {
        try {
            return new ProcessBuilder(python.toString(), "-c", "import msgpack, zmq").redirectErrorStream(true).start().waitFor() == 0;
        } catch (IOException | InterruptedException problem) {
            return false;
        }
    }
}
