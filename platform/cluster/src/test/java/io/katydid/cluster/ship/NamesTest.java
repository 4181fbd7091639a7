package io.katydid.cluster.ship;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of shipped files. */
class NamesTest {
    private static final String HASH = "0".repeat(64);

    @ParameterizedTest
    @ValueSource(strings = {"people.csv", "data/people 2026.csv", "a/b/c.bin", "größe.csv", "config.json",
        "console.txt"}) void usualNamesAreGood(String name) {
        assertThat(Names.refusal(Kind.DATA, name)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
        ""              | it has no name
        ..              | its name leads out of the folder
        a/../../b       | its name leads out of the folder
        ./a             | its name leads out of the folder
        /etc/passwd     | its name begins or ends with a slash, or has two of them
        a//b            | its name begins or ends with a slash, or has two of them
        a/              | its name begins or ends with a slash, or has two of them
        C:/a            | its name has the character :, which some systems cannot have
        a\\b            | its name has the character \\, which some systems cannot have
        .ssh/config     | its name has a part that begins with a dot, as hidden files have
        a.              | a part of its name ends with a dot or a blank
        nul             | 'nul' is a device on Windows
        x/COM1.csv      | 'COM1.csv' is a device on Windows
        Katydid.conf    | Katydid itself reads a file of this name
        """) void othersAreRefused(String name, String why) {
        assertThat(Names.refusal(Kind.DATA, name)).contains(why);
    }

    @Test void controlCharactersAndLongNamesAreRefused() {
        assertThat(Names.refusal(Kind.DATA, "a\nb")).contains("its name has the character U+000A, which some systems cannot have");
        assertThat(Names.refusal(Kind.DATA, "a".repeat(201))).contains("a part of its name has more than 200 characters");
        assertThat(Names.refusal(Kind.DATA, "a/".repeat(501))).contains("its name has more than 1000 characters");
    }

    @Test void scriptsAndPluginsHaveFormsOfTheirOwn() {
        assertThat(Names.refusal(Kind.SCRIPT, "0/shop/Shop.java")).isEmpty();
        assertThat(Names.refusal(Kind.SCRIPT, "Shop.java")).contains("a script is called such as 0/Shop.java");
        assertThat(Names.refusal(Kind.PLUGIN, "shop.jar")).isEmpty();
        assertThat(Names.refusal(Kind.PLUGIN, "bundles/shop.jar")).contains("a plugin is called such as shop.jar");
    }

    @Test void namesThatSomeFileSystemsTakeForOneAreRefused() {
        var items = List.of(new Item(Kind.DATA, "People.csv", 1, HASH), new Item(Kind.DATA, "people.csv", 1, HASH));
        assertThatThrownBy(() -> new Manifest(items))
            .hasMessage("The file 'people.csv' is not shipped: another one differs from it in upper and"
                + " lower case only, or not at all. Rename one of them at the master.");
    }
}
