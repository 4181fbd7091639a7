package io.katydid.cluster.report;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the fields of a map that somebody sent, each within what it can be. */
final class Fields {
    /** Bounds a count of one report: nobody does a thousand million requests in three seconds. */
    static final long MOST = 1_000_000_000L;
    static final int LONGEST_NAME = 10_000;
    /** Bounds a time in milliseconds, 31 days, and with it the buckets and places it can make. */
    static final long LONGEST_MILLIS = 31L * 24 * 3600 * 1000;
    /** Bounds seconds of the epoch; 2191, so that nanoseconds can be moved and still fit. */
    static final long LATEST_SECOND = 7_000_000_000L;
    static final long LATEST_NANOS = LATEST_SECOND * 1_000_000_000L;
    private static final int MOST_NAMES = 10_000;
    private static final int MOST_KEYS = 100_000;
    private static final int SHOWN = 60;
    private final Map<?, ?> map;

    private Fields(Map<?, ?> map) {
        this.map = map;
    }

    static Fields of(@Nullable Object value, String what) throws NotCountable {
        if (value instanceof Map<?, ?> map) return new Fields(map);
        throw new NotCountable(what + " is " + shown(value) + ", not a map");
    }

    @Nullable Object get(String key) { return map.get(key); }

    boolean has(String key) { return map.get(key) != null; }

    /** Gives a text, "" for none: the reference's older total has no method. */
    String text(String key) throws NotCountable {
        var value = map.get(key);
        if (value == null) return "";
        if (!(value instanceof String text)) throw wrong(key, value);
        if (text.length() > LONGEST_NAME) throw new NotCountable(key + " has " + text.length() + " characters, more than " + LONGEST_NAME);
        return text;
    }

    String requiredText(String key) throws NotCountable {
        if (map.get(key) == null) throw new NotCountable(key + " is missing");
        return text(key);
    }

    /** Gives a whole number from 0 to {@code most}. */
    long count(String key, long most) throws NotCountable {
        var value = map.get(key);
        long count = whole(value);
        if (count < 0 || count > most) throw wrong(key, value);
        return count;
    }

    /** Gives any whole number; only ours have such. */
    long number(String key) throws NotCountable {
        if (map.get(key) instanceof Long number) return number;
        throw wrong(key, map.get(key));
    }

    /** Gives nanoseconds of the epoch, of a field of ours. */
    long nanos(String key) throws NotCountable {
        long nanos = number(key);
        if (nanos < 0 || nanos > LATEST_NANOS) throw wrong(key, nanos);
        return nanos;
    }

    /** Gives a decimal or whole number from 0 to {@code most}. */
    double decimal(String key, double most) throws NotCountable {
        var value = map.get(key);
        if (value instanceof Long || value instanceof Double) {
            double number = ((Number) value).doubleValue();
            if (number >= 0 && number <= most) return number;
        }
        throw wrong(key, value);
    }

    /** Gives seconds of the epoch in nanoseconds, {@code unknown} for none. */
    long seconds(String key, long unknown) throws NotCountable {
        if (map.get(key) == null) return unknown;
        double seconds = decimal(key, LATEST_SECOND);
        // In two steps: the nanoseconds of a whole time have more digits than a double.
        return (long) seconds * 1_000_000_000L + Math.round(seconds % 1 * 1e9);
    }

    /** Gives counts by whole numbers, each key up to {@code greatest}; without those of 0. */
    Map<Long, Long> counts(String key, double greatest) throws NotCountable {
        var value = map.get(key);
        if (value == null) return Map.of();
        if (!(value instanceof Map<?, ?> given)) throw wrong(key, value);
        if (given.size() > MOST_KEYS) throw new NotCountable(key + " has " + given.size() + " keys, more than " + MOST_KEYS);
        var counts = HashMap.<Long, Long>newHashMap(given.size());
        for (var one : given.entrySet()) {
            long number = whole(one.getKey());
            long count = whole(one.getValue());
            if (number < 0 || number > greatest || count < 0 || count > MOST)
                throw new NotCountable(key + " has " + shown(one.getValue()) + " at " + shown(one.getKey()));
            if (count > 0) counts.merge(number, count, Long::sum);
        }
        return counts;
    }

    /** Gives counts by names, each once; none when there is no such field. */
    Map<String, Long> named(String key) throws NotCountable {
        var counts = new LinkedHashMap<String, Long>();
        var value = map.get(key);
        if (value == null) return counts;
        if (!(value instanceof Map<?, ?> given) || given.size() > MOST_NAMES)
            throw new NotCountable(key + " is " + shown(value) + ", not a map of at most " + MOST_NAMES);
        for (var one : given.entrySet()) {
            long count = whole(one.getValue());
            if (!(one.getKey() instanceof String name) || name.length() > 2 * LONGEST_NAME || count < 0 || count > MOST)
                throw new NotCountable(key + " has " + shown(one.getValue()) + " at " + shown(one.getKey()));
            counts.put(name, count);
        }
        return counts;
    }

    /** Gives a whole number, also of a decimal one that is; -1 for anything else, which every caller refuses. */
    static long whole(@Nullable Object value) {
        if (value instanceof Long number) return number;
        if (value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15) return number.longValue();
        return -1;
    }

    private static NotCountable wrong(String key, @Nullable Object value) {
        return new NotCountable(value == null ? key + " is missing" : key + " is " + shown(value));
    }

    /** Shows a value somebody sent in a line of the log. */
    static String shown(@Nullable Object value) {
        if (value instanceof String text) return PythonText.repr(text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "…");
        if (value == null || value instanceof Number || value instanceof Boolean) return String.valueOf(value);
        return "something of class " + value.getClass().getSimpleName();
    }
}
