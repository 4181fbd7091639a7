package io.katydid.host;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Loads and reloads scripts. Any thread; one compilation at a time. */
public final class Scripts {
    private volatile ForeignPackages foreign;
    private final ScriptCache cache;
    private final ScriptCompiler compiler;
    private final Locators locators;

    Scripts(ForeignPackages foreign, ScriptCache cache, Path folder) {
        this.foreign = foreign;
        this.cache = cache;
        this.compiler = new ScriptCompiler();
        this.locators = new Locators(folder);
    }

    /**
     * Loads the values of {@code -f}: files, folders, addresses, {@code -} for standard input, several separated by commas; none for {@code ./katydidfile.java}. What is missing, does not compile
     * or has no user is a {@link ScriptException}.
     */
    public Script load(List<String> values) {
        return new Script(values, parts(locators.read(values), List.of()));
    }

    /**
     * Takes up edited sources. Empty when the script is as its sources are, whether or not they changed; otherwise the reason why it stays as it was. Standard input is not read twice, an address not within 5 s.
     */
    public synchronized Optional<String> reload(Script script) {
        if (script.locators().stream().anyMatch(value -> value.strip().equals("-"))) return Optional.empty();
        try {
            script.replace(parts(locators.read(script.locators()), script.parts()));
            return Optional.empty();
        } catch (ScriptException broken) {
            return Optional.of(broken.getMessage() + "\nThe script stays as it was before this edit.");
        }
    }

    private List<Script.Part> parts(List<Unit> units, List<Script.Part> before) {
        var parts = units.stream()
            .map(unit -> before.stream().filter(part -> part.unit().equals(unit)).findFirst().orElseGet(() -> part(unit))).toList();
        refuseEqualNames(parts, "user class", scan -> scan.users());
        refuseEqualNames(parts, "shape class", scan -> scan.shapes());
        if (parts.stream().allMatch(part -> part.scan().users().isEmpty())) throw new ScriptException(noUser(parts));
        return parts;
    }

    /** Says what bundles export from now on. Scripts already loaded stay with the revisions they were linked to. */
    void sees(ForeignPackages packages) {
        foreign = packages;
    }

    /**
     * Links a script again that uses packages of bundles that were updated, in a new loader; compiled anew when its bytes were made for the older ones. The sources are those it was loaded from.
     * Empty when the script now is linked to what bundles export; otherwise the reason why it stays with the older revisions.
     */
    public synchronized Optional<String> relink(Script script) {
        var now = foreign;
        try {
            var parts = script.parts().stream().map(part -> part.loader().isLinkedTo(now) ? part : part(part.unit())).toList();
            script.replace(parts);
            return Optional.empty();
        } catch (ScriptException broken) {
            return Optional.of(broken.getMessage() + "\nThe script stays with the revisions of the bundles it was linked to.");
        }
    }

    /** Gives the loaders of the parts that are linked to revisions which are being left. */
    public List<ClassLoader> stale(Script script) {
        var now = foreign;
        return script.parts().stream().map(Script.Part::loader).filter(loader -> !loader.isLinkedTo(now)).<ClassLoader>map(loader -> loader)
            .toList();
    }

    private Script.Part part(Unit unit) {
        var now = foreign;
        var compiled = cache.find(unit, now).orElseGet(() -> {
            var fresh = compiler.compile(unit, now);
            cache.keep(unit, fresh);
            return fresh;
        });
        var loader = new ScriptLoader(unit.place(), compiled, now);
        return new Script.Part(unit, loader, ScriptScan.of(compiled, loader));
    }

    private static void refuseEqualNames(List<Script.Part> parts, String what, Function<ScriptScan, List<? extends Class<?>>> classes) {
        Map<String, String> places = new HashMap<>();
        for (var part : parts) {
            for (var type : classes.apply(part.scan())) {
                var here = part.scan().source(type);
                var there = places.putIfAbsent(type.getSimpleName(), here);
                if (there != null)
                    throw new ScriptException("Duplicate " + what + " names: " + type.getSimpleName() + " is defined in both " + there
                        + " and " + here + ". Rename one of them.");
            }
        }
    }

    private static String noUser(List<Script.Part> parts) {
        var places = parts.stream().map(part -> part.unit().place()).collect(Collectors.joining(", "));
        var passed = parts.stream().flatMap(part -> part.scan().passedOver().stream()).toList();
        return "No User class found! " + places + (passed.isEmpty() ? " has no class that extends HttpUser or another User."
            : ": " + String.join("; ", passed) + ".")
            + " Write one at top level, such as: class Shopper extends HttpUser { @Task void index() { client.get(\"/\"); } }";
    }
}
