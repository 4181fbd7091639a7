package io.katydid.distribution;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the real programs Katydid is tested against. */
final class Peers {

    private Peers() {}

    /** Gives the program, or skips the test with a reason; with {@code -Dkatydid.peers=required} a missing program fails it. */
    static Path require(String program) {
        return find(program).orElseGet(() -> abort(missing(program)));
    }

    /** Says that a part of a test is skipped, and why; with {@code -Dkatydid.peers=required} that fails it. */
    static String missing(String program) {
        var reason = "The peer '" + program + "' is not installed: this test needs the real one.";
        if ("required".equals(System.getProperty("katydid.peers"))) fail(reason);
        System.out.println("skipped: " + reason);
        return reason;
    }

    static Optional<Path> find(String program) {
        return Stream.concat(Stream.of(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/sbin"))
            .map(folder -> Path.of(folder, program))
            .filter(Files::isExecutable).findFirst();
    }
}
