package io.katydid.launcher;

import io.katydid.api.Plugin;
import io.katydid.api.web.Plugins;
import io.katydid.host.Host;
import io.katydid.host.HostChange;
import io.katydid.host.HostOptions;
import io.katydid.host.Revision;
import io.katydid.host.ScriptException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Loads bundles and scripts by the host. */
final class HostPlatform implements Platform {
    private final Host host;
    private final List<Revision> withheld = new ArrayList<>();
    private Optional<io.katydid.host.Script> script = Optional.empty();

    private HostPlatform(Host host) {
        this.host = host;
    }

    static Platform open(Place place, Selected selected) {
        var shipped = place.install().map(home -> home.resolve("bundles"));
        // The last one is where new bundles are put.
        var folders = Stream.of(shipped, selected.shipped(), place.install().map(home -> home.resolve("plugins"))).flatMap(Optional::stream)
            .toList();
        return new HostPlatform(Host.start(new HostOptions(folders, selected.plugins(), place.cache(), shipped, selected.unsafe())));
    }

    @Override public <T> List<Offer<T>> offers(Class<T> kind) {
        return host.extensions(kind).stream().map(found -> new Offer<T>(found.bundle(), found.type().getSimpleName(), found::create))
            .toList();
    }

    @Override public Plugins plugins() { return host.plugins(); }

    @Override public List<String> refused() { return host.refused(); }

    @Override public Script load(List<String> locators) {
        var loaded = host.scripts().load(locators);
        script = Optional.of(loaded);
        return parts(loaded);
    }

    @Override public Optional<Script> edited() {
        if (script.isEmpty()) return Optional.empty();
        var loaded = script.get();
        int before = loaded.revision();
        host.scripts().reload(loaded).ifPresent(why -> {
            throw new ScriptException(why);
        });
        if (!host.scripts().stale(loaded).isEmpty()) {
            host.scripts().relink(loaded).ifPresent(why -> {
                throw new UnlinkedScript(why);
            });
        }
        return loaded.revision() == before ? Optional.empty() : Optional.of(parts(loaded));
    }

    @Override public void watch(Consumer<Change> listener) {
        host.watch(change -> listener.accept(changed(change)));
    }

    private Change changed(HostChange change) {
        var texts = texts(change);
        var script = relink(change, texts);
        var left = loaders(change.leaving());
        left.addAll(script.stale());
        var removed = loaders(change.removed());
        if (script.parts().isEmpty() && !removed.isEmpty()) removed.addAll(script.stale());
        var ended = loaders(change.endedNow());
        if (!ended.isEmpty()) ended.addAll(script.stale());
        var plugins = change.started().stream().flatMap(one -> one.extensions(Plugin.class).stream())
            .map(found -> new Offer<Plugin>(found.bundle(), found.type().getSimpleName(), found::create)).toList();
        return new Change(plugins, left, removed, ended, script.parts(), script.successors(), texts,
            count -> change.leaving().forEach(one -> one.users(count)), released(change, !script.stale().isEmpty()));
    }

    private static List<String> texts(HostChange change) {
        var texts = new ArrayList<String>();
        var updated = change.updated().stream().map(HostChange.Update::to).toList();
        change.started().stream().filter(one -> !updated.contains(one)).forEach(one -> texts.add(one + " is in use."));
        change.updated().forEach(update -> texts.add(update.to() + " takes the place of " + update.from() + "."));
        change.removed().forEach(one -> texts.add(one + " was taken away."));
        return texts;
    }

    /**
     * Is what a change meant for the script.
     *
     * @param parts what it has now; empty when it was not linked again
     * @param successors the new loader of each part that was
     * @param stale the loaders of parts that stay with older revisions: they cannot be linked to what is there
     */
    private record Relink(Optional<Script> parts, Map<ClassLoader, ClassLoader> successors, List<ClassLoader> stale) {}

    private Relink relink(HostChange change, List<String> texts) {
        if (script.isEmpty()) return new Relink(Optional.empty(), Map.of(), List.of());
        var loaded = script.get();
        var before = loaded.loaders();
        var problem = host.scripts().relink(loaded);
        if (!change.leaving().isEmpty()) problem.map(why -> change.updated().isEmpty() ? takenAway(change) : why).ifPresent(texts::add);
        var after = loaded.loaders();
        var successors = new HashMap<ClassLoader, ClassLoader>();
        for (int i = 0; i < before.size(); i++) {
            if (!before.get(i).equals(after.get(i))) successors.put(before.get(i), after.get(i));
        }
        return new Relink(successors.isEmpty() ? Optional.empty() : Optional.of(parts(loaded)), successors,
            problem.isPresent() ? host.scripts().stale(loaded) : List.of());
    }

    /** Keeps what the script stays with until it has been linked to something newer and the users of that time have gone too. */
    private Runnable released(HostChange change, boolean stays) {
        withheld.addAll(change.leaving());
        if (stays) return () -> {};
        var all = List.copyOf(withheld);
        withheld.clear();
        return () -> all.forEach(host::release);
    }

    /** Says what the end of a bundle means; the compiler's words would say the same at length. */
    private static String takenAway(HostChange change) {
        return "The script uses it: no new users of it come, and those there are "
            + (change.endedNow().isEmpty() ? "run on until the test ends." : "end after their present task.");
    }

    private static Set<ClassLoader> loaders(List<Revision> revisions) {
        return revisions.stream().map(Revision::loader).flatMap(Optional::stream).collect(Collectors.toCollection(HashSet::new));
    }

    private static Script parts(io.katydid.host.Script of) {
        return new Script(of.userClasses(), of.shapes(), of.plugins(), of.listeners());
    }

    @Override public List<SourceUnit> sources() {
        return script.stream().flatMap(loaded -> loaded.texts().stream()).map(unit -> new SourceUnit(unit.locator(), unit.byName()))
            .toList();
    }

    @Override public void close() {
        host.close();
    }
}
