package io.katydid.html;

import io.katydid.api.Environment;
import io.katydid.api.Run;
import io.katydid.api.stats.Snapshot;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Is what a report is about.
 *
 * @param environment the test
 * @param snapshot its final statistics
 * @param series its history
 * @param exitCode the exit code, once it is decided
 */
record Report(Environment environment, Snapshot snapshot, Series series, OptionalInt exitCode) {

    Optional<Run> run() { return environment.run(); }

    Optional<Instant> start() { return run().map(Run::startTime); }

    Instant end() { return run().flatMap(Run::endTime).orElse(snapshot.time()); }

    /** Gives the length of the test in seconds; 0 when none was started. */
    double seconds() {
        return start().map(begin -> Duration.between(begin, end()).toNanos() / 1e9).orElse(0.0);
    }

    List<String> faults() { return run().map(Run::faults).orElse(List.of()); }

    long cancelled() { return snapshot.cancelled().values().stream().mapToLong(Long::longValue).sum(); }

    Optional<String> host() { return environment.host().or(() -> option("host")).map(Masked::text); }

    Optional<String> script() { return option("locustfile").map(Masked::text).map(Report::withoutFolder); }

    /** Names the run: its profile, else its script, else its users. */
    String title() {
        var users = environment.userClasses().stream().map(type -> type.name()).collect(Collectors.joining(", "));
        return option("profile").or(this::script).orElse(users.isEmpty() ? "Katydid report" : users);
    }

    Optional<String> option(String name) {
        return environment.parsedOptions().find(name).map(Object::toString).filter(text -> !text.isBlank());
    }

    private static String withoutFolder(String locator) {
        if (locator.contains("://") || locator.contains(",")) return locator;
        try {
            var name = Path.of(locator).getFileName();
            return name == null ? locator : name.toString();
        } catch (IllegalArgumentException notAPath) {
            return locator;
        }
    }
}
