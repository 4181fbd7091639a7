package io.katydid.launcher;

import io.katydid.api.cli.Option;
import io.katydid.api.web.PluginInfo;
import io.katydid.api.web.Plugins;
import io.katydid.kernel.options.Options;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Does {@code katydid plugins}: lists the bundles of the folders, checks, installs and removes them. A running Katydid follows by itself. */
final class PluginsVerb {
    private static final int WIDTH = 110;
    private static final Option<Boolean> NOW = Option.flag("--now")
        .help("With remove: users of the bundle in a running test end after their present task");
    private static final List<String> WORDS = List.of("list", "check", "install", "remove");
    private static final String USAGE = "Write: katydid plugins [list], katydid plugins check FILE, katydid plugins install FILE, or katydid plugins remove NAME [--now].";
    private final Plugins plugins;
    private final List<String> refused;
    private final Place place;

    PluginsVerb(Plugins plugins, List<String> refused, Place place) {
        this.plugins = plugins;
        this.refused = refused;
        this.place = place;
    }

    /** Does what the words say; they may have any option of a run, such as {@code --plugins}. */
    int run(List<String> words, List<Options.Owned> options) {
        var known = new ArrayList<Option<?>>(options.stream().<Option<?>>map(Options.Owned::option).toList());
        known.add(NOW);
        var line = CommandLine.parse(words, known);
        return run(line.positional(), line.values().containsKey(NOW.name()));
    }

    private int run(List<String> rest, boolean now) {
        var what = rest.isEmpty() ? "list" : rest.getFirst();
        var arguments = rest.isEmpty() ? rest : rest.subList(1, rest.size());
        if (now && !what.equals("remove")) throw Refusal.usage("plugins " + what + ": --now is for remove only. " + USAGE);
        return switch (what) {
            case "list" -> arguments.isEmpty() ? list() : usage(what, "takes no '" + arguments.getFirst() + "'");
            case "check" -> check(Path.of(one(what, "the FILE of a bundle", arguments)));
            case "install" -> install(Path.of(one(what, "the FILE of a bundle", arguments)));
            case "remove" -> remove(one(what, "the NAME of a bundle", arguments), now);
            default -> throw Refusal.usage("plugins: there is no '" + what + "'." + Suggestions.didYouMean(what, WORDS) + " " + USAGE);
        };
    }

    private static String one(String what, String needed, List<String> arguments) {
        if (arguments.size() == 1) return arguments.getFirst();
        usage(what, "needs " + needed + ", and got " + (arguments.isEmpty() ? "none" : String.join(" ", arguments)));
        return "";
    }

    private static int usage(String what, String why) { throw Refusal.usage("plugins " + what + " " + why + ". " + USAGE); }

    private int list() {
        var all = plugins.list();
        var columns = new LinkedHashMap<String, Function<PluginInfo, String>>();
        columns.put("NAME", PluginInfo::name);
        columns.put("VERSION", PluginInfo::version);
        columns.put("STATE", PluginInfo::state);
        columns.put("KIND", info -> String.join(", ", info.kinds()));
        columns.put("FILE", PluginInfo::file);
        var widths = new ArrayList<Integer>();
        columns.forEach((heading, cell) -> widths
            .add(Math.max(heading.length(), all.stream().mapToInt(info -> cell.apply(info).length()).max().orElse(0))));
        row(List.copyOf(columns.keySet()), widths);
        for (var info : all) {
            row(columns.values().stream().map(cell -> cell.apply(info)).toList(), widths);
            details(info);
        }
        if (all.isEmpty()) place.out().println("(none: put jars into plugins/)");
        refused.forEach(why -> place.out().println("refused: " + why + "."));
        return ExitCode.OK.code();
    }

    private void row(List<String> cells, List<Integer> widths) {
        var line = new StringBuilder();
        for (int i = 0; i < cells.size(); i++) line.append(String.format(Locale.ROOT, "%-" + widths.get(i) + "s  ", cells.get(i)));
        place.out().println(line.toString().stripTrailing());
    }

    private void details(PluginInfo info) {
        var adds = adds(info);
        if (!adds.isEmpty()) wrapped("adds", adds);
        if (!info.error().isEmpty()) place.out().println("    error  " + sentence(info.error()));
        if (!info.remark().isEmpty()) place.out().println("    note   " + sentence(info.remark()));
    }

    /** Groups what a bundle adds by what it is. */
    private static List<String> adds(PluginInfo info) {
        var groups = new LinkedHashMap<String, List<String>>();
        for (var one : info.provides()) groups.computeIfAbsent(plural(one.kind()), _ -> new ArrayList<>()).add(one.name());
        return groups.entrySet().stream().map(group -> group.getKey() + " " + String.join(", ", group.getValue())).toList();
    }

    private static String plural(String kind) {
        return switch (kind) {
            case "option" -> "options";
            case "package" -> "packages";
            case "protocol" -> "users";
            default -> kind;
        };
    }

    private void wrapped(String heading, List<String> parts) {
        var line = new StringBuilder(String.format(Locale.ROOT, "    %-5s", heading));
        for (var word : String.join("; ", parts).split(" ")) {
            if (line.length() + 1 + word.length() > WIDTH) {
                place.out().println(line);
                line = new StringBuilder(" ".repeat(10));
            }
            line.append(' ').append(word);
        }
        place.out().println(line);
    }

    private int check(Path file) {
        var info = plugins.check(place.folder().resolve(file));
        if (!info.error().isEmpty()) {
            place.out().println("problem  " + info.file() + ": " + sentence(info.error()));
            return ExitCode.NOT_STARTED.code();
        }
        place.out().println("ok       " + info.file() + " is the bundle " + title(info) + describe(info) + ".");
        if (!info.remark().isEmpty()) place.out().println("note     " + info.remark() + ".");
        return ExitCode.OK.code();
    }

    private int install(Path file) {
        var info = plugins.install(place.folder().resolve(file));
        place.out().println("Installed " + title(info) + " as " + info.path() + describe(info) + ".");
        if (!info.remark().isEmpty()) place.out().println("Note: " + info.remark() + ".");
        return ExitCode.OK.code();
    }

    private int remove(String name, boolean now) {
        var info = plugins.remove(name, now);
        place.out().println("Removed " + title(info) + " (" + info.path() + ")."
            + (now ? " Its users in a running test end after their present task." : ""));
        return ExitCode.OK.code();
    }

    /** Ends what may end with a question, such as a guess of what was meant. */
    private static String sentence(String text) {
        return text.endsWith("?") ? text : text + ".";
    }

    private static String title(PluginInfo info) { return info.name() + " " + info.version(); }

    private static String describe(PluginInfo info) {
        var adds = adds(info);
        return adds.isEmpty() ? "" : "; it adds " + adds.stream().collect(Collectors.joining("; "));
    }
}
