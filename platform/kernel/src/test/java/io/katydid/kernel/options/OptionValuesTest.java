package io.katydid.kernel.options;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.api.cli.Option;
import org.junit.jupiter.api.Test;

/** Puts newer values over older ones, as an update of a bundle does whose users run on. */
class OptionValuesTest {
    private static final Option<Integer> DEPTH = Option.integer("--depth").defaultValue(1);
    private static final Option<String> COLOUR = Option.string("--colour").defaultValue("red");

    @Test void newerValuesWinAndThoseThatOnlyTheOlderHaveStay() {
        var older = new OptionValues.Builder().put(DEPTH, 3, "command line").put(COLOUR, "blue", "katydid.conf").build();
        var newer = new OptionValues.Builder().put(COLOUR, "green", "KATYDID_COLOUR").build();

        var both = newer.over(older);

        assertThat(both.get(DEPTH)).isEqualTo(3);
        assertThat(both.source("--depth")).isEqualTo("command line");
        assertThat(both.get(COLOUR)).isEqualTo("green");
        assertThat(both.source("colour")).isEqualTo("KATYDID_COLOUR");
        assertThat(older.get(COLOUR)).isEqualTo("blue");
    }
}
