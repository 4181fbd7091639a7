package io.katydid.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a node sent: whatever is not what it should be is not there. */
final class Said {
    private final Map<?, ?> map;

    private Said(Map<?, ?> map) {
        this.map = map;
    }

    static Said of(@Nullable Object data) {
        return new Said(data instanceof Map<?, ?> map ? map : Map.of());
    }

    Optional<String> text(String key) { return Optional.ofNullable(map.get(key)).filter(String.class::isInstance).map(String.class::cast); }

    Optional<Long> number(String key) {
        return Optional.ofNullable(map.get(key)).filter(Number.class::isInstance).map(value -> ((Number) value).longValue());
    }

    Optional<Double> decimal(String key) {
        return Optional.ofNullable(map.get(key)).filter(Number.class::isInstance).map(value -> ((Number) value).doubleValue());
    }

    /** Gives the words of a list. */
    List<String> texts(String key) {
        return map.get(key) instanceof List<?> list ? list.stream().filter(String.class::isInstance).map(String.class::cast).toList()
            : List.of();
    }

    /** Gives counts per name; empty when there is no such map. */
    Optional<Map<String, Integer>> counts(String key) {
        if (!(map.get(key) instanceof Map<?, ?> given)) return Optional.empty();
        var counts = new HashMap<String, Integer>();
        given.forEach((name, count) -> {
            if (name instanceof String text && count instanceof Number number && number.longValue() >= 0)
                counts.put(text, (int) Math.min(number.longValue(), Integer.MAX_VALUE));
        });
        return Optional.of(Map.copyOf(counts));
    }

    Said fields(String key) { return of(map.get(key)); }

    /** Gives what is under text keys. */
    Map<String, Object> all() {
        var all = new HashMap<String, Object>();
        map.forEach((key, value) -> {
            if (key instanceof String text && value != null) all.put(text, value);
        });
        return all;
    }
}
