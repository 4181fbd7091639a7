package io.katydid.kernel.options;

import io.katydid.api.KatydidException;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.ParsedOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Holds the values of options and where they came from. Immutable once built. */
public final class OptionValues implements ParsedOptions {
    private final Map<String, Entry> entries;

    private record Entry(Option<?> option, @Nullable Object value, String source) {}

    private OptionValues(Map<String, Entry> entries) {
        this.entries = entries;
    }

    /** Gives the defaults of the platform's own options. */
    public static OptionValues defaults() {
        var options = new Options();
        KernelOptions.addTo(options);
        var builder = new Builder();
        for (var owned : options.all()) builder.add(owned.option());
        return builder.build();
    }

    /** Gives these values, and those that only the older ones have: of options whose bundle has gone while its users run on. */
    public OptionValues over(ParsedOptions older) {
        if (!(older instanceof OptionValues before)) return this;
        var all = new LinkedHashMap<>(before.entries);
        all.putAll(entries);
        return new OptionValues(Map.copyOf(all));
    }

    /** Gives these values with one of them replaced, read from a text or list that somebody else sent. */
    public OptionValues with(String key, Object value, String source) {
        var before = entries.get(key);
        if (before == null) return this;
        var option = before.option();
        var all = new LinkedHashMap<>(entries);
        all.put(key, new Entry(option, value instanceof List<?> ? value : option.parse(String.valueOf(value)), source));
        return new OptionValues(Map.copyOf(all));
    }

    /** Collects values. */
    public static final class Builder {
        private final Map<String, Entry> entries = new LinkedHashMap<>();

        /** Adds an option with its default. */
        public Builder add(Option<?> option) {
            entries.put(option.key(), new Entry(option, option.defaultValue().orElse(null), "default"));
            return this;
        }

        /** Adds an option with a value. */
        public Builder put(Option<?> option, Object value, String source) {
            entries.put(option.key(), new Entry(option, value, source));
            return this;
        }

        /** Ends the collection. */
        public OptionValues build() { return new OptionValues(Map.copyOf(entries)); }
    }

    @Override public <T> T get(Option<T> option) { return find(option).orElseThrow(() -> none(option.name())); }

    @Override
    @SuppressWarnings("unchecked") public <T> Optional<T> find(Option<T> option) {
        var entry = entries.get(option.key());
        return entry == null ? option.defaultValue() : Optional.ofNullable((T) entry.value());
    }

    @Override public Object get(String name) { return find(name).orElseThrow(() -> none(name)); }

    @Override public Optional<Object> find(String name) { return Optional.ofNullable(entries.get(key(name))).map(Entry::value); }

    @Override public Map<String, Object> all() {
        var all = new TreeMap<String, Object>();
        entries.forEach((key, entry) -> {
            if (!entry.option().isSecret() && entry.value() != null) all.put(key, entry.value());
        });
        return all;
    }

    @Override public String source(String name) {
        var entry = entries.get(key(name));
        return entry == null ? "not set" : entry.source();
    }

    private static String key(String name) { return name.startsWith("--") ? name.substring(2) : name; }

    private static KatydidException none(String name) {
        return new KatydidException(
            "The option " + name + " has no value and no default. Give it on the command line, or ask with find(…).");
    }
}
