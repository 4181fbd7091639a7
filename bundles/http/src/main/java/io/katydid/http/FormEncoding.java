package io.katydid.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes names and values as {@code a=1&b=x+y}, as Python's urlencode does. */
final class FormEncoding {

    private FormEncoding() {
    }

    static String encode(List<Map.Entry<String, String>> pairs) {
        var text = new StringBuilder();
        for (var pair : pairs) {
            if (!text.isEmpty())
                text.append('&');
            PercentEncoding.form(text, pair.getKey());
            text.append('=');
            PercentEncoding.form(text, pair.getValue());
        }
        return text.toString();
    }

    /** Spreads values: one of several repeats its name, an absent one is left out. */
    static List<Map.Entry<String, String>> pairs(Map<String, ?> values) {
        var pairs = new ArrayList<Map.Entry<String, String>>(values.size());
        values.forEach((name, value) -> add(pairs, name, value));
        return pairs;
    }

    static List<Map.Entry<String, String>> pair(String name, Object value) {
        var pairs = new ArrayList<Map.Entry<String, String>>(1);
        add(pairs, name, value);
        return pairs;
    }

    private static void add(List<Map.Entry<String, String>> pairs, String name, @Nullable Object value) {
        switch (value) {
            case null -> {
            }
            case java.util.Optional<?> optional -> optional.ifPresent(each -> add(pairs, name, each));
            case Iterable<?> several -> several.forEach(each -> add(pairs, name, each));
            case Object[] several -> List.of(several).forEach(each -> add(pairs, name, each));
            case int[] several -> {
                for (int each : several)
                    add(pairs, name, each);
            }
            case long[] several -> {
                for (long each : several)
                    add(pairs, name, each);
            }
            default -> pairs.add(Map.entry(name, value.toString()));
        }
    }
}
