package io.katydid.launcher;

import io.katydid.api.cli.Option;
import io.katydid.api.cli.Option.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/**
 * Is the strictly parsed command line.
 *
 * @param values the texts of each option that was given, by its name; none for a bare one
 * @param positional the other words: names of user classes
 * @param words all of it as it was typed
 */
record CommandLine(Map<String, List<String>> values, List<String> positional, List<String> words) {
    private static final Pattern NUMBER = Pattern.compile("-\\.?\\d.*");

    static CommandLine parse(List<String> arguments, Collection<Option<?>> options) {
        refuseUnknown(arguments, names(options));
        var spec = CommandSpec.create();
        for (var option : options) spec.addOption(spec(option));
        spec.addPositional(PositionalParamSpec.builder().arity("0..*").type(List.class).auxiliaryTypes(String.class).build());
        spec.parser().overwrittenOptionsAllowed(true);
        var line = new picocli.CommandLine(spec).setExpandAtFiles(false);
        try {
            return read(line.parseArgs(arguments.toArray(String[]::new)), options, arguments);
        } catch (ParameterException problem) {
            throw Refusal.usage(problem.getMessage() + ". See --help.");
        }
    }

    private static CommandLine read(picocli.CommandLine.ParseResult parsed, Collection<Option<?>> options, List<String> words) {
        var values = new LinkedHashMap<String, List<String>>();
        for (var option : options) {
            var found = parsed.matchedOption(option.name());
            if (found != null) values.put(option.name(), found.originalStringValues());
        }
        var positional = new ArrayList<String>();
        for (var found : parsed.matchedPositionals()) positional.addAll(found.originalStringValues());
        return new CommandLine(values, List.copyOf(positional), List.copyOf(words));
    }

    private static OptionSpec spec(Option<?> option) {
        var names = new ArrayList<>(option.aliases());
        names.add(option.name());
        var spec = OptionSpec.builder(names.toArray(String[]::new)).arity(arity(option));
        if (option.kind() == Kind.FLAG) return spec.type(boolean.class).build();
        return option.kind() == Kind.STRINGS || option.isMultiple()
            ? spec.type(List.class).auxiliaryTypes(String.class).build()
            : spec.type(String.class).build();
    }

    private static String arity(Option<?> option) {
        return switch (option.kind()) {
            case FLAG -> "0";
            case STRINGS -> "0..*";
            case STRING, INTEGER, DECIMAL, DURATION -> option.valueWhenBare().isPresent() ? "0..1" : "1";
        };
    }

    private static Map<String, Option<?>> names(Collection<Option<?>> options) {
        var names = new HashMap<String, Option<?>>();
        for (var option : options) {
            names.put(option.name(), option);
            option.aliases().forEach(alias -> names.put(alias, option));
        }
        return names;
    }

    private static void refuseUnknown(List<String> arguments, Map<String, Option<?>> names) {
        for (int i = 0; i < arguments.size(); i++) {
            var word = arguments.get(i);
            if (word.equals("--")) return;
            if (i > 0 && takesValue(names.get(arguments.get(i - 1)))) continue;
            if (!word.startsWith("-") || word.equals("-") || NUMBER.matcher(word).matches()) continue;
            var name = word.replaceFirst("=.*$", "");
            boolean attached = !word.startsWith("--") && names.containsKey(word.substring(0, 2));
            if (!names.containsKey(name) && !attached)
                throw Refusal.usage("Unknown option: '" + name + "'." + Suggestions.didYouMean(name, visible(names)) + " See --help.");
        }
    }

    /** A value may look like an option: {@code --plugins -demo}. */
    private static boolean takesValue(@Nullable Option<?> before) {
        return before != null && arity(before).equals("1");
    }

    private static List<String> visible(Map<String, Option<?>> names) {
        return names.entrySet().stream().filter(entry -> !entry.getValue().isHidden()).map(Map.Entry::getKey).toList();
    }
}
