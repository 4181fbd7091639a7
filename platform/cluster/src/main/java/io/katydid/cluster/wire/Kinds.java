package io.katydid.cluster.wire;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Names the kinds of values in errors. */
final class Kinds {

    private Kinds() {}

    static String name(@Nullable Object value) {
        return switch (value) {
            case null -> "nil";
            case Boolean _ -> "a boolean";
            case Double _,Float _ -> "a decimal number";
            case Number _ -> "a whole number";
            case String _ -> "a text";
            case byte[] _ -> "binary data";
            case Instant _ -> "a time";
            case List<?> _ -> "a list";
            case Map<?, ?> _ -> "a map";
            default -> "a " + value.getClass().getName();
        };
    }
}
