package io.katydid.cluster;

import io.katydid.api.cli.ParsedOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Turns the values of options into what workers of any kind can read: texts, numbers, booleans and lists of texts, under keys with underscores. */
final class WireOptions {

    private WireOptions() {}

    static Map<String, @Nullable Object> toWire(ParsedOptions options) {
        var wire = new LinkedHashMap<String, @Nullable Object>();
        options.all().forEach((key, value) -> wire.put(key.replace('-', '_'), plain(value)));
        // Workers of the reference run no task at all when the list of tags is empty.
        for (var tags : List.of("tags", "exclude_tags")) {
            if (!(wire.get(tags) instanceof List<?> some) || some.isEmpty()) wire.put(tags, null);
        }
        wire.putIfAbsent("host", null);
        return wire;
    }

    private static Object plain(Object value) {
        return switch (value) {
            case Duration time -> time.toMillis() / 1000.0;
            case List<?> words -> words.stream().map(String::valueOf).toList();
            case Integer number -> number.longValue();
            case Boolean _,Long _,Double _,String _ -> value;
            default -> String.valueOf(value);
        };
    }

    /** Gives the values by our keys, nil as an empty list where a list is meant. */
    static Map<String, Object> fromWire(Said options) {
        var values = new HashMap<String, Object>();
        options.all().forEach((key, value) -> values.put(key.replace('_', '-'), value));
        values.putIfAbsent("tags", List.of());
        values.putIfAbsent("exclude-tags", List.of());
        return values;
    }
}
