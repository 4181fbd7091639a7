package io.katydid.launcher;

import io.katydid.api.cli.Option;
import io.katydid.api.cli.Option.Kind;
import io.katydid.api.cli.ParsedOptions;
import io.katydid.kernel.options.KernelOptions;
import io.katydid.kernel.options.OptionValues;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Gives each option its value: command line, then environment, then files, then default. */
final class OptionResolver {
    static final String COMMAND_LINE = "command line";
    private static final Set<String> LEVELS = Set.of("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL");

    private OptionResolver() {}

    static OptionValues resolve(Collection<Option<?>> options, CommandLine line, Sources sources) {
        var values = new OptionValues.Builder();
        for (var option : options) {
            var given = line.values().get(option.name());
            if (given != null) {
                values.put(option, fromLine(option, given), COMMAND_LINE);
            } else {
                sources.find(option).ifPresentOrElse(
                    found -> values.put(option, parse(option, found.text(), " (from " + found.source() + ")"), found.source()),
                    () -> values.add(option));
            }
        }
        var parsed = values.build();
        options.stream().filter(Option::isRequired).forEach(option -> require(option, parsed));
        options.forEach(option -> requireOther(option, parsed));
        check(parsed);
        return parsed;
    }

    private static Object fromLine(Option<?> option, List<String> texts) {
        if (option.kind() == Kind.STRINGS) return List.copyOf(texts);
        var last = texts.isEmpty() ? "" : texts.getLast();
        if (last.isEmpty() && option.valueWhenBare().isPresent()) return option.valueWhenBare().get();
        return parse(option, option.kind() == Kind.FLAG && last.isEmpty() ? "true" : last, "");
    }

    private static Object parse(Option<?> option, String text, String where) {
        // JSON has blanks and commas of its own, at which the texts of other options are split.
        if (option.equals(KernelOptions.CONFIG_USERS) && ConfigUsers.isJson(text)) return List.of(text.strip());
        try {
            var value = option.parse(text);
            return option.equals(KernelOptions.LOGLEVEL) ? level(text) : value;
        } catch (IllegalArgumentException problem) {
            throw Refusal.usage(problem.getMessage() + where);
        }
    }

    private static String level(String text) {
        var level = text.strip().toUpperCase(Locale.ROOT);
        if (!LEVELS.contains(level))
            throw new IllegalArgumentException(
                "--loglevel: invalid choice '" + text + "'. Choose from DEBUG, INFO, WARNING, ERROR, CRITICAL.");
        return level;
    }

    private static void require(Option<?> option, ParsedOptions parsed) {
        if (parsed.find(option).isPresent()) return;
        throw Refusal.usage(option.name() + " has no value, and this test needs one. Give " + option.name() + " VALUE, or set "
            + option.environmentVariables().getFirst() + ".");
    }

    private static void requireOther(Option<?> option, ParsedOptions parsed) {
        var other = option.requires().orElse(null);
        if (other == null || parsed.find(option).filter(value -> !value.equals(false)).isEmpty() || parsed.find(other).isPresent()) return;
        throw Refusal.usage("'" + option.name() + "' requires '" + other.name() + "'. Give " + other.name() + " too, or leave it out."
            + from(parsed, option.key()));
    }

    private static void check(ParsedOptions parsed) {
        RetiredOptions.refuse(parsed);
        parsed.find(KernelOptions.USERS).filter(users -> users < 0)
            .ifPresent(users -> {
                throw Refusal.usage("--users: " + users + " is negative. Give 0 or more users." + from(parsed, "users"));
            });
        parsed.find(KernelOptions.SPAWN_RATE).filter(rate -> !(rate > 0) || rate.isInfinite())
            .ifPresent(rate -> {
                throw Refusal.usage(
                    "--spawn-rate: must be > 0, but is " + rate + ". Give users per second, such as 10." + from(parsed, "spawn-rate"));
            });
        parsed.find(KernelOptions.LOOPS).filter(loops -> loops < 1)
            .ifPresent(loops -> {
                throw Refusal.usage("--loops: " + loops + " is too few. Give 1 or more; one per core is usual." + from(parsed, "loops"));
            });
        parsed.find(KernelOptions.MAX_NAMES).filter(names -> names < 1)
            .ifPresent(names -> {
                throw Refusal.usage("--max-names: " + names + " is too few. Give 1 or more." + from(parsed, "max-names"));
            });
    }

    private static String from(ParsedOptions parsed, String name) {
        var source = parsed.source(name);
        return source.equals(COMMAND_LINE) ? "" : " (from " + source + ")";
    }

    /** Names the keys of files that no option has, one line a file. */
    static List<String> unknownKeys(Collection<Option<?>> options, Sources sources) {
        var keys = options.stream().map(Option::key).collect(Collectors.toSet());
        return sources.unknown(keys).entrySet().stream().flatMap(entry -> entry.getValue().stream()
            .map(key -> entry.getKey() + (keys.contains(key) ? ": '" + key + "' cannot be set in a file; it is left out."
                : ": there is no option '" + key + "'; it is left out." + Suggestions.didYouMean(key, keys))))
            .toList();
    }
}
