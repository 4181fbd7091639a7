package io.katydid.html;

import io.katydid.api.Environment;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Optional;

/** Fills users, spawn rate and run time into the name of the file, as the reference does: whole numbers, and what is not known stays as it is. */
final class FileName {

    private FileName() {}

    static String of(String pattern, Environment environment) {
        var options = environment.parsedOptions();
        // Without a console a run has one user and one per second when nobody says otherwise.
        Optional<Object> alone = environment.webUI().isEmpty() ? Optional.of(1) : Optional.empty();
        var tags = new LinkedHashMap<String, Optional<Object>>();
        tags.put("{u}", options.find("users").or(() -> alone));
        tags.put("{r}", options.find("spawn-rate").or(() -> alone));
        tags.put("{t}", options.find("run-time"));
        var name = pattern;
        for (var tag : tags.entrySet()) {
            if (tag.getValue().isPresent()) name = name.replace(tag.getKey(), whole(tag.getValue().get()));
        }
        return name;
    }

    private static String whole(Object value) {
        return switch (value) {
            case Duration time -> Long.toString(time.toSeconds());
            case Number number -> Long.toString(number.longValue());
            default -> value.toString();
        };
    }
}
