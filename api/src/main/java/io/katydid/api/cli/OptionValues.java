package io.katydid.api.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Turns the texts of options into values and says what is wrong with those that
 * are none.
 */
final class OptionValues {
    private static final Pattern ITEM = Pattern.compile("\\s*(\"[^\"]*\"|'[^']*'|[^,]*)\\s*(?:,|$)");
    private static final Pattern SPAN = Pattern.compile("(?:(\\d+)h)?(?:(\\d+)m)?(?:(\\d+)s?)?");

    private OptionValues() {
    }

    static <T> T parse(Option<T> option, Function<String, T> parser, String text) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException | ArithmeticException problem) {
            throw new IllegalArgumentException(option.name() + ": " + problem.getMessage(), problem);
        }
    }

    static Integer integer(String text) {
        try {
            return Integer.valueOf(text.strip());
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException("invalid int value: '" + text + "'. Give a whole number.", notOne);
        }
    }

    static Double decimal(String text) {
        try {
            return Double.valueOf(text.strip());
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException("invalid float value: '" + text + "'. Give a number.", notOne);
        }
    }

    static Boolean flag(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "yes", "1", "on", "" -> true;
            case "false", "no", "0", "off" -> false;
            default -> throw new IllegalArgumentException("invalid flag value: '" + text + "'. Give true or false.");
        };
    }

    static Duration duration(String text) {
        var found = SPAN.matcher(text.strip());
        if (text.isBlank() || !found.matches()) {
            throw new IllegalArgumentException(
                "Invalid time span format '" + text + "'. Valid formats: 20, 20s, 3m, 2h, 1h20m, 3h30m10s, etc.");
        }
        return Duration.ofHours(number(found.group(1))).plusMinutes(number(found.group(2)))
            .plusSeconds(number(found.group(3)));
    }

    private static long number(@Nullable String digits) {
        return digits == null ? 0 : Long.parseLong(digits);
    }

    static List<String> strings(String text) {
        var list = text.strip();
        if (list.startsWith("[") && list.endsWith("]")) {
            return ITEM.matcher(list.substring(1, list.length() - 1)).results().map(found -> unquote(found.group(1)))
                .filter(s -> !s.isEmpty()).toList();
        }
        return List.of(list.split("[\\s,]+")).stream().filter(s -> !s.isEmpty()).toList();
    }

    private static String unquote(String text) {
        var bare = text.strip();
        return bare.length() > 1 && "'\"".indexOf(bare.charAt(0)) >= 0 ? bare.substring(1, bare.length() - 1) : bare;
    }

    static List<String> withKatydid(String key, List<String> variables) {
        var own = "KATYDID_" + key.toUpperCase(Locale.ROOT).replace('-', '_');
        var all = new ArrayList<String>();
        all.add(own);
        for (var variable : variables) {
            if (!all.contains(variable))
                all.add(variable);
        }
        return List.copyOf(all);
    }

    static String list(List<?> values) {
        return values.stream().map(value -> "'" + value + "'").collect(Collectors.joining(", "));
    }
}
