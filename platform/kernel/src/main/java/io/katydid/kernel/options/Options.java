package io.katydid.kernel.options;

import io.katydid.api.KatydidException;
import io.katydid.api.cli.Option;
import io.katydid.api.cli.OptionRegistry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Collects options and who declared them. Not for several threads at once. */
public final class Options implements OptionRegistry {
    /** Names the platform as an owner. */
    public static final String PLATFORM = "katydid";
    private final Map<String, Owned> byName = new LinkedHashMap<>();
    private String owner = PLATFORM;

    /**
     * Is an option and its owner.
     *
     * @param option the option
     * @param owner the bundle's or script's name
     */
    public record Owned(Option<?> option, String owner) {}

    /** Gives a copy that goes its own way. */
    public Options copy() {
        var copy = new Options();
        copy.byName.putAll(byName);
        return copy;
    }

    /** Takes the options of an owner away. */
    public void disown(String name) {
        byName.values().removeIf(owned -> owned.owner().equals(name));
    }

    /** Lets somebody add options of its own; when one is taken, none of them stays. */
    public void ownedBy(String name, Consumer<OptionRegistry> additions) {
        var before = owner;
        var kept = new LinkedHashMap<>(byName);
        owner = name;
        try {
            additions.accept(this);
        } catch (RuntimeException problem) {
            byName.clear();
            byName.putAll(kept);
            throw problem;
        } finally {
            owner = before;
        }
    }

    @Override public Options add(Option<?> option) {
        var names = new ArrayList<>(option.aliases());
        names.addFirst(option.name());
        for (var name : names) {
            for (var other : byName.values()) {
                if (!other.option().name().equals(name) && !other.option().aliases().contains(name)) continue;
                throw new KatydidException(
                    "The option " + name + " of " + owner + " is taken: " + other.owner() + " has it already. Rename one of them.");
            }
        }
        byName.put(option.name(), new Owned(option, owner));
        return this;
    }

    /** Gives all options in the order they were added. */
    public List<Owned> all() { return List.copyOf(byName.values()); }
}
