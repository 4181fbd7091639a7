package io.katydid.launcher;

import io.katydid.api.cli.Option;
import io.katydid.api.cli.ParsedOptions;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Prints {@code katydid config}: each option, its value, where it came from. Secrets are masked. */
final class ConfigCommand {
    private ConfigCommand() {}

    static int print(List<Option<?>> options, ParsedOptions values, Place place) {
        int width = options.stream().mapToInt(option -> option.key().length()).max().orElse(0);
        for (var option : options) {
            if (option.equals(LauncherOptions.HELP) || option.equals(LauncherOptions.VERSION) || option.isHidden()) continue;
            var value = values.find(option.key());
            var text = value.isEmpty() ? "(not set)" : option.isSecret() ? "********" : text(value.get());
            place.out()
                .println(String.format(Locale.ROOT, "%-" + width + "s = %-30s  # %s", option.key(), text, values.source(option.key())));
        }
        return ExitCode.OK.code();
    }

    private static String text(Object value) { return value instanceof Duration time ? time.toSeconds() + "s" : value.toString(); }
}
