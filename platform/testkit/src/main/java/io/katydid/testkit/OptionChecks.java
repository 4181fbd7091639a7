package io.katydid.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import io.katydid.kernel.options.Options;
import java.time.Duration;
import java.util.function.Consumer;

/** Looks at the options of a plugin or a verb. */
final class OptionChecks {
    private OptionChecks() {}

    static void check(Consumer<OptionRegistry> additions) {
        var options = new Options();
        additions.accept(options);
        for (var owned : options.all()) check(owned.option());
    }

    private static <T> void check(Option<T> option) {
        assertThat(option.name()).as("an option's name: small letters, digits and dashes").matches("--[a-z][a-z0-9]*(-[a-z0-9]+)*");
        assertThat(option.help()).as("help text of " + option.name() + ": one sentence without a line break").isNotBlank()
            .doesNotContain("\n");
        option.defaultValue().ifPresent(value -> assertThat(option.parse(text(value))).as("default of " + option.name()).isEqualTo(value));
        option.valueWhenBare().ifPresent(value -> assertThat(option.parse(text(value))).as("bare value of " + option.name())
            .isEqualTo(value));
        for (var choice : option.choices())
            assertThat(option.parse(text(choice))).as("a choice of " + option.name()).isEqualTo(choice);
    }

    private static String text(Object value) {
        return value instanceof Duration time ? time.toSeconds() + "s" : String.valueOf(value);
    }
}
