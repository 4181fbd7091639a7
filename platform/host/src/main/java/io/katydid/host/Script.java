package io.katydid.host;

import io.katydid.api.LoadTestShape;
import io.katydid.api.Plugin;
import io.katydid.api.User;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** Is what the values of {@code -f} gave, in its newest compilation. Read by any thread; {@link Scripts#reload} puts a newer one in. */
public final class Script {

    /**
     * Is one compiled unit.
     *
     * @param scan what was found in it
     */
    record Part(Unit unit, ScriptLoader loader, ScriptScan scan) {}

    private final List<String> locators;
    private volatile List<Part> parts;
    private volatile int revision;

    Script(List<String> locators, List<Part> parts) {
        this.locators = List.copyOf(locators);
        this.parts = List.copyOf(parts);
    }

    /** Gives the user classes, in the order of the files and by name within one. */
    public List<Class<? extends User>> userClasses() {
        return all(ScriptScan::users);
    }

    /** Gives the load shapes. */
    public List<Class<? extends LoadTestShape>> shapes() {
        return all(ScriptScan::shapes);
    }

    /** Gives the plugins. */
    public List<Class<? extends Plugin>> plugins() {
        return all(ScriptScan::plugins);
    }

    /** Gives the static {@code @Listen} methods, checked. */
    public List<Method> listeners() {
        return all(ScriptScan::listeners);
    }

    /** Gives the loader of the first file or folder; each of several has its own. */
    public ClassLoader loader() {
        return parts.getFirst().loader();
    }

    /** Gives the loader of each file or folder, in their order. */
    public List<ClassLoader> loaders() {
        return parts.stream().<ClassLoader>map(Part::loader).toList();
    }

    /** Gives the source files. */
    public List<Path> sources() {
        return parts.stream().flatMap(part -> part.unit().sources().stream()).map(Source::path).toList();
    }

    /** Gives the texts that were compiled last: for each value of {@code -f} those of its files, by their names; in a folder these have slashes. */
    public List<Texts> texts() {
        return parts.stream().map(Part::unit).map(unit -> new Texts(unit.place(), texts(unit))).toList();
    }

    /**
     * Is what one value of {@code -f} gave.
     *
     * @param locator the value
     * @param byName the texts
     */
    public record Texts(String locator, Map<String, String> byName) {}

    private static Map<String, String> texts(Unit unit) {
        var folder = unit.sources().getFirst().path().getParent();
        for (var source : unit.sources()) while (folder != null && !source.path().startsWith(folder)) folder = folder.getParent();
        var texts = new TreeMap<String, String>();
        for (var source : unit.sources())
            texts.put(folder == null ? source.fileName() : folder.relativize(source.path()).toString().replace('\\', '/'), source.text());
        return texts;
    }

    /** Gives a number that grows with each edit that was taken up. */
    public int revision() { return revision; }

    List<String> locators() { return locators; }

    List<Part> parts() { return parts; }

    /** Puts a newer compilation in; called by one thread at a time. */
    void replace(List<Part> newer) {
        if (newer.equals(parts)) return;
        parts = List.copyOf(newer);
        revision++;
    }

    private <T> List<T> all(Function<ScriptScan, List<T>> what) {
        return parts.stream().flatMap(part -> what.apply(part.scan()).stream()).toList();
    }
}
