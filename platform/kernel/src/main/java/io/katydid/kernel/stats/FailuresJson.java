package io.katydid.kernel.stats;

import io.katydid.api.stats.StatsError;
import java.time.Instant;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Writes failures as JSON; the kernel has no JSON library, and five fields need none. */
final class FailuresJson {

    private FailuresJson() {}

    static String of(Collection<StatsError> errors) {
        return errors.stream().map(FailuresJson::of).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String of(StatsError error) {
        return "{\"method\": " + quote(error.method()) + ", \"name\": " + quote(error.name()) + ", \"error\": " + quote(error.error())
            + ", \"occurrences\": " + error.occurrences() + ", \"first_seen\": " + time(error.firstSeen()) + ", \"last_seen\": "
            + time(error.lastSeen()) + "}";
    }

    private static String time(Optional<Instant> time) {
        return time.map(at -> String.format(Locale.ROOT, "%d.%06d", at.getEpochSecond(), at.getNano() / 1000)).orElse("null");
    }

    private static String quote(String text) {
        var quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> {
                    if (c < ' ') quoted.append(String.format("\\u%04x", (int) c));
                    else quoted.append(c);
                }
            }
        }
        return quoted.append('"').toString();
    }
}
