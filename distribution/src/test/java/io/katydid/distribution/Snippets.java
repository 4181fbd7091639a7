package io.katydid.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** Takes the pieces of code out of a page of the documentation. */
final class Snippets {
    private Snippets() {}

    /** Gives the text of all fenced blocks of a language, in order. */
    static List<String> of(Path page, String language) throws IOException {
        return Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$").matcher(Files.readString(page)).results()
            .map(found -> found.group(1))
            .toList();
    }
}
