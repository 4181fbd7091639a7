package io.katydid.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import io.katydid.parity.Parity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Holds the page for people who know Locust against the code: its words, options and verbs exist. */
class LocustPageTest {
    private static final Path PAGE = Modules.ROOT.resolve("distribution/docs/coming-from-locust.md");
    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    /** Are words of Java and of the examples. */
    private static final Set<String> OURS = Set.of("X", "A");

    @Test void itsWordsAreThoseOfTheApi() throws IOException {
        var api = Files.readString(Modules.ROOT.resolve("api/api.txt"));
        var words = new TreeSet<String>();
        var rows = section("## The words").lines().filter(line -> line.startsWith("| `") || line.startsWith("| `@")).toList();
        assertThat(rows.size()).isGreaterThan(35);
        for (var row : rows) {
            var ours = row.split(" \\| ", 2)[1];
            CODE.matcher(ours).results().map(code -> code.group(1).replaceAll("\"[^\"]*\"", "")).forEach(code -> {
                add(words, code, "\\b([A-Z][A-Za-z]*)\\b");
                add(words, code, "\\b([a-z][A-Za-z]*)\\(");
            });
        }
        words.removeAll(OURS);
        assertThat(words.size()).as("words of the page").isGreaterThan(80);
        assertThat(words.stream().filter(word -> !exists(api, word))).as("words that api.txt does not have").isEmpty();
    }

    private static void add(Set<String> words, String code, String pattern) {
        Pattern.compile(pattern).matcher(code).results().forEach(found -> words.add(found.group(1)));
    }

    private static boolean exists(String api, String word) {
        var after = Character.isUpperCase(word.charAt(0)) ? "\\b" : "\\(";
        return Pattern.compile("\\." + word + after).matcher(api).find();
    }

    @Test void itsOptionsExist() throws IOException {
        var page = Files.readString(PAGE);
        var options = Pattern.compile("`(--[a-z-]+)").matcher(page).results().map(found -> found.group(1)).collect(Collectors.toSet());
        assertThat(options.size()).isGreaterThan(10);
        var code = code();
        assertThat(options.stream().filter(option -> !code.contains('"' + option + '"'))).as("options that no source declares").isEmpty();
    }

    private static String code() throws IOException {
        var all = new StringBuilder();
        for (var folder : List.of("platform", "bundles")) {
            try (var files = Files.walk(Modules.ROOT.resolve(folder))) {
                for (var file : files.filter(path -> path.toString().contains("src/main/java") && path.toString().endsWith(".java"))
                    .toList())
                    all.append(Files.readString(file));
            }
        }
        assertThat(all.length()).isGreaterThan(500_000);
        return all.toString();
    }

    @Test
    @Parity("SD-199") void theChecklistForUpgradesNamesWhatBreaksFirstAndItsVerbsExist() throws IOException {
        var list = section("## When you upgrade").lines().filter(line -> line.matches("\\d\\. .*")).toList();
        assertThat(list).hasSizeGreaterThan(5);
        assertThat(list.subList(0, 3)).satisfiesExactly(line -> assertThat(line).contains("shapes of your own"),
            line -> assertThat(line).contains("Plugins and panels", "`io.katydid.api`", "katydid plugins check"),
            line -> assertThat(line).contains("Events"));
        var verbs = Pattern.compile("`katydid ([a-z-]+)").matcher(String.join("\n", list)).results().map(found -> found.group(1)).toList();
        assertThat(verbs).hasSizeGreaterThan(3);
        var code = code();
        assertThat(verbs).allMatch(verb -> code.contains('"' + verb + '"'));
    }

    private static String section(String title) throws IOException {
        var page = Files.readString(PAGE);
        int from = page.indexOf(title + "\n");
        assertThat(from).as(title).isNotNegative();
        int to = page.indexOf("\n## ", from);
        return to < 0 ? page.substring(from) : page.substring(from, to);
    }
}
