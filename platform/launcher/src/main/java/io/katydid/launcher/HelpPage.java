package io.katydid.launcher;

import io.katydid.api.cli.Option;
import io.katydid.api.cli.Option.Kind;
import io.katydid.kernel.options.Options;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes {@code --help}: usage, options by heading, verbs, examples. */
final class HelpPage {
    private static final int COLUMN = 28;
    private static final int WIDTH = 100;
    private static final String EXAMPLES = """
        Examples:

          katydid init
              writes katydidfile.java, a test to start from

          katydid -f Shop.java -H https://shop.example.com --headless -u 100 -r 10 -t 5m
              runs 100 users for five minutes, ten more each second, then ends

          katydid -f Shop.java Buyer Browser
              runs only the user classes Buyer and Browser

          katydid demo
              shows what a run looks like, against a shop of its own
        """;

    private HelpPage() {}

    static String of(List<Options.Owned> options, Map<String, String> verbs) {
        var page = new StringBuilder("Usage: katydid [options] [UserClass ...]\n       katydid VERB [options]\n");
        var groups = new LinkedHashMap<String, List<Option<?>>>();
        for (var owned : options) {
            if (!owned.option().isHidden()) groups.computeIfAbsent(heading(owned), _ -> new ArrayList<>()).add(owned.option());
        }
        groups.forEach((heading, members) -> {
            page.append('\n').append(heading).append(":\n");
            members.forEach(option -> row(page, names(option), help(option)));
        });
        page.append("\nUser classes:\n");
        row(page, "UserClass", "Run these user classes only. Default: all of the script (LOCUST_USER_CLASSES)");
        page.append("\nVerbs:\n");
        verbs.forEach((name, description) -> row(page, name, description));
        return page.append('\n').append(EXAMPLES).toString();
    }

    private static String heading(Options.Owned owned) {
        if (!owned.option().group().isEmpty()) return owned.option().group();
        return owned.owner().equals(Options.PLATFORM) ? "Other options" : "Options of " + owned.owner();
    }

    private static String names(Option<?> option) {
        var names = new ArrayList<>(option.aliases().stream().filter(alias -> !alias.startsWith("--")).toList());
        names.add(option.name());
        names.addAll(option.aliases().stream().filter(alias -> alias.startsWith("--")).toList());
        return String.join(", ", names) + value(option);
    }

    private static String value(Option<?> option) {
        var word = option.placeholder().isEmpty() ? "VALUE" : option.placeholder();
        if (option.kind() == Kind.FLAG) return "";
        if (option.kind() == Kind.STRINGS) return " [" + word + " ...]";
        return option.valueWhenBare().isPresent() ? " [" + word + "]" : " " + word;
    }

    private static String help(Option<?> option) {
        var text = new StringBuilder(option.help());
        if (!option.choices().isEmpty())
            text.append(" (").append(String.join(", ", option.choices().stream().map(String::valueOf).toList())).append(')');
        if (option.isRequired()) text.append(". Required");
        return text.toString();
    }

    private static void row(StringBuilder page, String left, String right) {
        page.append("  ").append(left);
        int used = 2 + left.length();
        if (used >= COLUMN) {
            page.append('\n');
            used = 0;
        }
        int at = used;
        page.append(" ".repeat(COLUMN - at));
        at = COLUMN;
        for (var word : right.split(" ")) {
            if (at > COLUMN && at + 1 + word.length() > WIDTH) {
                page.append('\n').append(" ".repeat(COLUMN));
                at = COLUMN;
            }
            if (at > COLUMN) {
                page.append(' ');
                at++;
            }
            page.append(word);
            at += word.length();
        }
        page.append('\n');
    }
}
